import { thingQuestions } from "./things.ts";

export interface FactQuestions {
  /** What it is called in "What is your …?", the usual first; none for what is not asked like that. */
  names: readonly string[];
  /** Questions of other forms. */
  questions: string;
}

/** Questions for facts about a person, by the common names of the facts. */
const personQuestions = {
  full_name: {
    names: ["name", "full name"],
    questions: `what's your full name please|who am I talking to please|confirm your full name please|who's this|who am i talking with|what are you called|can i take your name|may i take your full name|who's calling please|who is speaking|what's your first and last name|could i have your surname|Am I speaking with the owner of the account, what is your name?|who is that please|Who am I speaking with?|Can I get your first and last name?|Who am I talking to?|Under which name?|whats your name
      |Sure, I can help, but first I need your name.|How should I address you?|Who is this?|and your name?|what is name
      |Please state your full name.|your full name and surname please|Could you spell your name for me?|name of the user|customer name
      |Whose account is it?|user name|name as it is in the directory|I can help you with that. What is your name?`,
  },
  employee_id: {
    names: ["employee number", "employee id", "staff number", "badge number", "personnel number"],
    questions: `what is you employee number|can I get your staff id please|staff number please|your employee id please|what's your badge no|employee number first please|can you give me your badge number|could you give me your staff id|emp number please|employee no?|your staff no please|whats your employee no.|what's your own employee number|badge no?|personnel no please|can you read me your badge|the number on your badge please|what does your staff card say|emp id|could you give to me your employee id|Could you tell me the number on your badge?|Which number is on your staff card?|What is your staff id?|badge id
      |Do you have your employee number at hand?|What does it say on your badge?|worker id|what number do you have as an employee`,
  },
  department: {
    names: ["department", "team"],
    questions: `which part of the company do you work in|where do you work|what team are you with|what department is that|which dept are you in|what department are you with|what's your dept|what team do you work for|which team are you on|where abouts in the company are you|what area do you work in|which department, please?|Which department do you work in?|Which team are you in?|Where in the company do you work?|What part of the company are you from?
      |Which division do you belong to?|What unit are you with?|dept|In which group do you work?|What department are you in`,
  },
  manager_name: {
    names: ["manager's name", "manager", "supervisor"],
    questions: `who's your line manager|who do you report to|what's your supervisor's name|who's the boss in your team|your line manager is?|what is your manager called|who's your boss|whos your manager|who's the head of your team|who manages you|who is in charge of your team|what's your boss called|your boss is called what?|who do you work for|name of your boss|who runs your team|and who is your manager please|Who is your manager?|Who do you report to?|Who is your boss?|Who is your line manager?|Who leads your team?
      |To whom do you report?|name of your manager please|Which manager are you under?|Who's your supervisor?|your managers name`,
  },
  job_title: {
    names: ["job title", "position", "role"],
    questions: `what's your job here|what do you work as|what will the job be|job?|What do you do in the company?|What is your job?|What is your role here?|In which role do you work?|What is your occupation?`,
  },
  date_of_birth: {
    names: ["date of birth", "birthday", "birth date"],
    questions: `what date were you born|when is your birthday|When were you born?|dob|d.o.b.|your dob please|birthdate|On which day were you born?|birth|what's your birthday
      |I need your date of birth to go on|Please confirm your birth date.|day month and year of your birth|what is your dob`,
  },
  account_number: {
    names: ["account number", "customer number"],
    questions: `Which account is it?|your account|acct number|Please tell me the number of your account.|acc number
      |What number does your account have?|account|what is your account|the number of the account please|which account number`,
  },
  pin: {
    names: ["pin", "pin number", "pin code"],
    questions: `whats ur pin|pin please|Please give me your four digit pin|What is the secret number of your card?|and your pin|pin?|And your pin please
      |Type your PIN here so that I can check it.|Could you tell me your PIN?|Tell me the four digits of your pin.`,
  },
  password: {
    names: ["password", "passphrase"],
    questions: `whats ur password|can't you just tell me your password|could you not tell me your password|just tell me your password|could you just tell me the password|can I have your password so I can set it up|I need your password to install that|give me the password that you typed in|send me the password to your computer|your login password please|let me know the password that you have now|whats the password|what's the password you use|what was your last password|what is your new password|which password did you enter|give me your pw|password?|what password do you use|what do you type in as your password|send me the password so I can do it for you|tell me your password so that I can check it|let me have your password|I just need your password to get in|type your password into the chat please|Tell me your password and I will try it.|Which password do you use?|Please send me your password.|your current password
      |Could you type your password here?|Please write your password into this chat.|Put your password in here, please.|Type it here, your password.|What did you set as your password?|I need your password to sign in for you.|pwd please
      |Just give me your login and password.|What is the password you use now?|share your password with me please`,
  },
  mfa_code: {
    names: ["sign-in code", "verification code", "one-time code", "authenticator code", "security code"],
    questions: `what's the sign in code|can you tell me the code on the screen of your phone|give me the code from the text message|please read me the six numbers|which code did they send you|tell me what code it shows|whats the code|what's the code on your phone|what's the code you got|what code did they text you|tell me the six digits|give me the six digits|read me the digits please|the six digits please|read out the code for me|which digits does it show|send me the code that you got|code?|what does the app say, which code?|Please read me the six digit code.|What code do you see on your phone?|Which code did you get by text message?
      |Read out the number in the app.|Could you tell me the code that we just sent you?|Give me the code from your authenticator.
      |What does the authenticator show?|what are the six digits|Please forward me the code from the SMS.|otp please`,
  },
  security_answer: {
    names: ["security answer", "answer to your security question"],
    questions: `What did you answer to the security question?|What is the answer to your secret question?|security answer 1
      |Can you answer your security question?|Do you remember your security questions?|answer of the security question please`,
  },
  maiden_name: {
    names: ["mother's maiden name", "maiden name"],
    questions: `mothers maiden name please|Your mother's name before she married?|Can you tell me your mothers maiden name?|mother's name
      |What was your mother called before her wedding?|What was your mum's family name at birth?|mother maiden|your mother's maiden`,
  },
  pet_name: {
    names: ["pet's name", "childhood pet", "first pet"],
    questions: `What was the name of your childhood pet?|What was your first pet called?|name of your childhood pet please|pet name|pet
      |What was your pet's name as a child?|What did you call your first dog or cat?|Which pet did you have as a child?|name of pet`,
  },
  phone_number: {
    names: ["phone number", "mobile number", "telephone number"],
    questions: `what's your mobile|which phone number is yours|can i have a number to call you back on|what number are you on|a phone number for you please|Which number can I reach you on?|How can we call you back?|What number should I call?|On which number can you be reached?
      |Do you have a number for a call back?|cell number|your mobile please|What is the best number to reach you?`,
  },
  desk_phone: {
    names: ["desk phone", "extension", "office number"],
    questions: `which extension is yours|what's your desk number|what extension can I call you on|number of your desk phone?|which desk phone do you have|What is the extension of your desk?|Which extension do you have?|What is your number in the office?|phone on your desk`,
  },
  email_address: {
    names: ["e-mail address", "email", "mail address"],
    questions: `what's your mail|which mail address is yours|Which address do you write mails from?|Where can I send you a mail?|To which address should I write?|email id
      |Which email do you use for work?|Where should I mail the link?`,
  },
  username: {
    names: ["username", "login name", "user id"],
    questions: `what do you type as your username|what's your user name|With which name do you sign in?|What do you log in as?|Which login do you use?|What is your login?|account login name`,
  },
  address: {
    names: ["address", "postal address", "home address"],
    questions: `whereabouts do you live|what's your street and town|Where do you live?|Where should we ship it?|What street do you live in?|Which address shall we send it to?|zip code and city please`,
  },
  office: {
    names: ["office", "building", "room"],
    questions: `where do you sit|what floor are you on|which office is yours|Which building are you in?|Which floor are you on?|What is the number of your room?|Which office do you work from?|which site are you at`,
  },
  start_date: {
    names: ["start date", "first day"],
    questions: `when did you join|when did you start with us|what date did you join us|when does the new one start|when will he start|when's the first day|when did you begin here|what date do they start|when were you hired|from when do you work here|what day did you join us|When do you start?|When does the new colleague begin?|What is the first day of work?|When will she join?|From which day on do they work here?`,
  },
} satisfies Record<string, FactQuestions>;

/** Questions for facts by their common names: a scenario that uses one of these names is asked for it like this. */
export const factQuestions: Readonly<Record<string, FactQuestions>> = {
  ...personQuestions,
  ...thingQuestions,
};
