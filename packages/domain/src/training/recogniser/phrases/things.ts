import type { FactQuestions } from "./facts.ts";

/** Questions for facts about what is wrong, where, since when and for whom. */
export const thingQuestions = {
  symptom: {
    names: ["problem", "issue"],
    questions: `What happens?|What happens exactly?|What is the problem?|What is going wrong?|Can you describe the problem?|What seems to be the issue?
      |Tell me what happens when you try.|What do you see on the screen?|What exactly does not work?|Could you describe what you see?
      |What is not working?|Can you explain what happens when you click it?|What trouble are you having?|walk me through what happens`,
  },
  error_message: {
    names: ["error message", "error", "error code"],
    questions: `What does the error say?|Is there an error message?|Which message do you get?|Can you read me the error?|What does the message say?
      |Do you see an error code?|Could you send me the text of the error?|What is written in the warning?|Does it show any error?`,
  },
  device: {
    names: ["device", "computer", "laptop model"],
    questions: `Which device are you using?|What kind of computer is it?|Is it a laptop or a desktop?|Which laptop do you have?
      |What phone do you use?|On which machine does it happen?|Is that your own device or the company's?|what model is it`,
  },
  asset_tag: {
    names: ["asset tag", "serial number", "inventory number"],
    questions: `What is on the sticker on the bottom?|Which number is on the label of the laptop?|Can you read the serial on the back?|tag number of the device`,
  },
  operating_system: {
    names: ["operating system", "version of Windows"],
    questions: `Are you on Windows or on a Mac?|Which Windows do you have?|What system does it run?|Which version of the system is installed?|os version`,
  },
  software: {
    names: ["software", "application", "program"],
    questions: `Which program do you need?|What software is it?|Which application does it happen in?|What is the app called?|Which version of the program is it?`,
  },
  browser: {
    names: ["browser"],
    questions: `Which browser do you use?|Is it Chrome or Firefox?|Have you opened it in Edge or in Chrome?|What do you browse with?`,
  },
  location: {
    names: ["location"],
    questions: `Where are you right now?|Are you at home or in the office?|Where do you work from today?|Are you working remotely?
      |Where are you located?|From where are you connecting?|Are you on site?|Which place are you working at?`,
  },
  network: {
    names: ["network", "connection"],
    questions: `Are you on wifi or on the cable?|Which network are you connected to?|How are you connected to the internet?|What is your internet provider?
      |Is it your home network?|Do you use the company's wireless?|Which wifi do you use?`,
  },
  since_when: {
    names: [],
    questions: `Since when?|When did it start?|When did this begin?|How long has this been going on?|Since when do you have the problem?
      |When did you first notice it?|When was the last time that it worked?|How long has it been like that?|Did it start today?|since when does it happen`,
  },
  what_changed: {
    names: [],
    questions: `What changed?|Did anything change recently?|Have you installed anything new?|Was there an update before it began?
      |Did you change something before that?|What was different the last time?|Have you moved your desk or got a new device?
      |Did something change since yesterday?|Is anything new on your computer?|Has anybody changed the settings?`,
  },
  how_often: {
    names: [],
    questions: `How often does it happen?|Does it happen every time?|Is it all the time or now and then?|How many times a day does it drop?|Is there a pattern when it fails?`,
  },
  who_else: {
    names: [],
    questions: `Is anybody else affected?|Do your colleagues have it too?|Does it happen to others as well?|Who else has this problem?|Are you the only one?
      |Is it just you or the whole team?|How many people does this concern?`,
  },
  tried_already: {
    names: [],
    questions: `What have you tried so far?|Have you tried to restart it?|Did you already try something?|Have you turned it off and on again?
      |What did you do to fix it?|Which steps have you taken already?`,
  },
  deadline: {
    names: ["deadline"],
    questions: `By when do you need it?|How urgent is it?|When do you need this?|Until when must it be done?|What is the latest you need it by?|When is your meeting?`,
  },
  impact: {
    names: [],
    questions: `What can you not do because of this?|How does this affect your work?|Can you still work?|What is blocked by this?|Are you able to go on with your work meanwhile?|Which part of your work stands still?|What can you no longer do?|What is it keeping you from?|Is there something else you can work with meanwhile?`,
  },
  sender: {
    names: ["sender"],
    questions: `Who was the mail from?|Which address did the message come from?|Who sent it to you?|What is the sender's address?|From whom did you get this mail?`,
  },
  link_clicked: {
    names: [],
    questions: `Did you click on the link?|Have you opened the link?|Did you click anything in the mail?|Have you followed the link in it?|Did you press on the button in the message?`,
  },
  data_entered: {
    names: [],
    questions: `Did you enter your password there?|Have you typed anything into that page?|Did you give any data on the site?|What did you enter on the page?
      |Have you put in your credentials?|Did you fill in the form?`,
  },
  attachment_opened: {
    names: [],
    questions: `Did you open the attachment?|Have you opened the file in the mail?|Did you download what was attached?|Was there an attachment that you ran?`,
  },
  folder: {
    names: ["folder", "file path"],
    questions: `Which folder was it in?|Where was the file saved?|In which folder are the files?|What is the path of the folder?|Which drive is it on?`,
  },
  file_name: {
    names: ["file name"],
    questions: `What is the file called?|Which file is missing?|What was the name of the document?|Which documents do you need back?|name of the file`,
  },
  mailbox: {
    names: ["mailbox"],
    questions: `Which mailbox do you need?|What is the mailbox called?|Which shared mailbox is it?|To which mailbox do you want access?`,
  },
  printer: {
    names: ["printer", "printer's name"],
    questions: `Which printer is it?|What is the name of the printer?|Which printer do you print on?|Where does the printer stand?|What does the display of the printer say?`,
  },
  approver: {
    names: ["approver"],
    questions: `Who approved this?|Has your manager approved it?|Do you have an approval?|Who gave you permission?|Is there an approval for this request?|Who signed it off?`,
  },
  reason: {
    names: ["reason"],
    questions: `Why do you need it?|What do you need it for?|What is the reason for the request?|For what purpose do you need access?|What will you use it for?`,
  },
  ticket_number: {
    names: ["ticket number", "case number"],
    questions: `Do you have a ticket number?|Is there already a ticket?|What is the number of your case?|Which reference did you get?`,
  },
} satisfies Record<string, FactQuestions>;
