/** What scenarios practise: the skills that analytics, assignments and repetition go by, with their titles. */
export const skillTitles = {
  identity_check: "Checking who somebody is",
  refusing: "Refusing well",
  account_access: "Accounts and sign-in",
  security_awareness: "Spotting and reporting attacks",
  data_handling: "Handling other people's data",
  permissions: "Giving and taking access",
  troubleshooting: "Finding the cause",
  networking: "Networks and remote access",
  hardware: "Devices and printers",
  software: "Software and licences",
  mail: "Mail and calendars",
  onboarding: "Starting and leaving",
  empathy: "Talking with people in trouble",
  expectations: "Explaining and promising",
  documentation: "Writing it down",
} as const;

export type Skill = keyof typeof skillTitles;

export const skills = Object.keys(skillTitles) as [Skill, ...Skill[]];
