import type { FactQuestions } from "./facts.ts";

/** Questions for facts about what is wrong, where, since when and for whom. */
export const thingQuestions = {
  symptom: {
    names: ["problem", "issue"],
    questions: `what's going on exactly|what's happening|whats wrong|so what is the matter|what's the problem|what goes wrong when you try|what happens when you try it|tell me more about the problem|what happens if you try|what do you see when it goes wrong|What happens?|What happens exactly?|What is the problem?|What is going wrong?|Can you describe the problem?|What seems to be the issue?
      |Tell me what happens when you try.|What do you see on the screen?|What exactly does not work?|Could you describe what you see?
      |What is not working?|Can you explain what happens when you click it?|What trouble are you having?|walk me through what happens`,
  },
  error_message: {
    names: ["error message", "error", "error code"],
    questions: `what does the message say exactly|what exactly does the message say|do you get any message|what's written on the screen|can you read the message to me|what is in the log|what does it say|what's the message|what's the exact wording|what message comes up|what message pops up|what comes up on the screen|what comes up when you try|what does your computer say|what does the screen say exactly|does an error come up|any error on the screen?|any message on your screen|read me the error please|whats the error|What does the error say?|Is there an error message?|Which message do you get?|Can you read me the error?|What does the message say?
      |Do you see an error code?|Could you send me the text of the error?|What is written in the warning?|Does it show any error?`,
  },
  device: {
    names: ["device", "computer", "laptop model"],
    questions: `which laptop is it for|what computer is it|which laptop have you got|number of your device|what number is on the device|which computer are you on|which machine is it|what laptop have you got|what machine are you on|which device is this about|what's the number on your laptop|the number of the laptop?|what device is it for|Which device are you using?|What kind of computer is it?|Is it a laptop or a desktop?|Which laptop do you have?
      |What phone do you use?|On which machine does it happen?|Is that your own device or the company's?|what model is it`,
  },
  asset_tag: {
    names: ["asset tag", "serial number", "inventory number"],
    questions: `what's the number on the bottom|number on the sticker?|What is on the sticker on the bottom?|Which number is on the label of the laptop?|Can you read the serial on the back?|tag number of the device`,
  },
  operating_system: {
    names: ["operating system", "version of Windows"],
    questions: `Are you on Windows or on a Mac?|Which Windows do you have?|What system does it run?|Which version of the system is installed?|os version`,
  },
  software: {
    names: ["software", "application", "program"],
    questions: `what app is it|which app are you using|Which program do you need?|What software is it?|Which application does it happen in?|What is the app called?|Which version of the program is it?`,
  },
  browser: {
    names: ["browser"],
    questions: `Which browser do you use?|Is it Chrome or Firefox?|Have you opened it in Edge or in Chrome?|What do you browse with?`,
  },
  location: {
    names: ["location"],
    questions: `where are you now|where are you calling from|where are you at the moment please|what place are you at|Where are you right now?|Are you at home or in the office?|Where do you work from today?|Are you working remotely?
      |Where are you located?|From where are you connecting?|Are you on site?|Which place are you working at?`,
  },
  network: {
    names: ["network", "connection", "kind of connection"],
    questions: `Are you on wifi or plugged in?|are you plugged in or on wifi|is the laptop plugged into the router|wifi or cable?|are you on wireless or wired|Are you on wifi or on the cable?|Which network are you connected to?|How are you connected to the internet?|What is your internet provider?
      |Is it your home network?|Do you use the company's wireless?|Which wifi do you use?`,
  },
  since_when: {
    names: [],
    questions: `how long has this been happening|when did it start to do that|when was the first time it happened|how long has it been broken|since when have you got this problem|when did you get this first|since what time|when did that happen first|how long has it been going on|how long have you had it|how long's it been like this|when did it stop working|when did it break|from when on|when did you notice|since which day|when did all this start|did it work yesterday|when did it last work properly|Since when?|When did it start?|When did this begin?|How long has this been going on?|Since when do you have the problem?
      |When did you first notice it?|When was the last time that it worked?|How long has it been like that?|Did it start today?|since when does it happen`,
  },
  what_changed: {
    names: [],
    questions: `did anything happen over the last days|anything new before it began|is there something new at your place|has your computer been changed|was there any change before|did you change anything|have you changed anything lately|anything new lately|anything changed lately|anything different since then|has something changed at your end|has something happened before that|did anything happen before it stopped|did you get anything new|any changes recently|was something changed|is there anything that changed|have you changed anything in the last days|what's new since it worked|What changed?|Did anything change recently?|Have you installed anything new?|Was there an update before it began?
      |Did you change something before that?|What was different the last time?|Have you moved your desk or got a new device?
      |Did something change since yesterday?|Is anything new on your computer?|Has anybody changed the settings?`,
  },
  how_often: {
    names: [],
    questions: `How often does it cut out?|how often does it drop|how often do you lose it|how often is that|always or only at times|How often does it happen?|Does it happen every time?|Is it all the time or now and then?|How many times a day does it drop?|Is there a pattern when it fails?`,
  },
  who_else: {
    names: [],
    questions: `can anyone else use it|anyone else affected|do others in your team have it|do your colleagues have it as well|is someone else having trouble|anyone else got it|is anyone else having this|anybody else with the same problem|just you or others too|is it only on your machine|can other people do it|does it work for others|does somebody else in your team have it|are your colleagues ok|did anyone else see this|Is anybody else affected?|Do your colleagues have it too?|Does it happen to others as well?|Who else has this problem?|Are you the only one?
      |Is it just you or the whole team?|How many people does this concern?`,
  },
  tried_already: {
    names: [],
    questions: `what have you done about it|have you tried anything|did you try anything yet|what did you do so far|what have you tried|what have you done already|tried anything yet?|anything you've tried already?|have you done anything about it so far|What have you tried so far?|Have you tried to restart it?|Did you already try something?|Have you turned it off and on again?
      |What did you do to fix it?|Which steps have you taken already?`,
  },
  deadline: {
    names: ["deadline"],
    questions: `when does it have to be done|what time is the deadline|how soon does it have to be ready|when's the meeting|how soon do you need it|when's the deadline|when must it be ready|when do you need it by|what time do you need it|when is it due|by what time|what's the latest time|when is the cut-off|By when do you need it?|How urgent is it?|When do you need this?|Until when must it be done?|What is the latest you need it by?|When is your meeting?`,
  },
  impact: {
    names: [],
    questions: `what's it stopping you from doing|can you carry on working|how does it affect you|what does it stop you from doing|how much does that affect your team's work|which work can't be done because of it|how bad is it for you|What can you not do because of this?|How does this affect your work?|Can you still work?|What is blocked by this?|Are you able to go on with your work meanwhile?|Which part of your work stands still?|What can you no longer do?|What is it keeping you from?|Is there something else you can work with meanwhile?`,
  },
  sender: {
    names: ["sender"],
    questions: `what email address did it come from|who was the sender|which address sent it|who's it from|who did it come from|who sent the mail|who sent that email|what was the from address|what does the from field say|Who was the mail from?|Which address did the message come from?|Who sent it to you?|What is the sender's address?|From whom did you get this mail?`,
  },
  link_clicked: {
    names: [],
    questions: `did you click it|have you clicked anything|Did you click on the link?|Have you opened the link?|Did you click anything in the mail?|Have you followed the link in it?|Did you press on the button in the message?`,
  },
  data_entered: {
    names: [],
    questions: `did you put anything in|did you type in anything|Did you enter your password there?|Have you typed anything into that page?|Did you give any data on the site?|What did you enter on the page?
      |Have you put in your credentials?|Did you fill in the form?`,
  },
  attachment_opened: {
    names: [],
    questions: `have you opened what was attached|Did you open the attachment?|Have you opened the file in the mail?|Did you download what was attached?|Was there an attachment that you ran?`,
  },
  folder: {
    names: ["folder", "file path"],
    questions: `what's the folder called|which folder did you lose|Which folder was it in?|Where was the file saved?|In which folder are the files?|What is the path of the folder?|Which drive is it on?`,
  },
  file_name: {
    names: ["file name"],
    questions: `what's the file called|What is the file called?|Which file is missing?|What was the name of the document?|Which documents do you need back?|name of the file`,
  },
  mailbox: {
    names: ["mailbox"],
    questions: `what's the mailbox called|which mailbox is this about|Which mailbox do you need?|What is the mailbox called?|Which shared mailbox is it?|To which mailbox do you want access?`,
  },
  printer: {
    names: ["printer", "printer's name"],
    questions: `what printer is it|what's the printer called|which printer are you on|is there a name on it|Which printer is it?|What is the name of the printer?|Which printer do you print on?|Where does the printer stand?|What does the display of the printer say?`,
  },
  approver: {
    names: ["approver"],
    questions: `did your manager say yes|has your manager okayed it|is it approved|do you have the approval|who okayed it|has your boss said yes|did somebody approve it|do you have an ok for it|have you got approval|was it approved|Who approved this?|Has your manager approved it?|Do you have an approval?|Who gave you permission?|Is there an approval for this request?|Who signed it off?`,
  },
  reason: {
    names: ["reason"],
    questions: `what do you want it for|why do you need to have it|what's the purpose|what's the reason for it|what will you be doing with it|what's it for|why do you want it|whats the reason|what do you want to do with it|what are you going to use it for|can you tell me why you need it|what will you be using it for|what is this for|Why do you need it?|What do you need it for?|What is the reason for the request?|For what purpose do you need access?|What will you use it for?`,
  },
  ticket_number: {
    names: ["ticket number", "case number"],
    questions: `have you got a ticket number|Do you have a ticket number?|Is there already a ticket?|What is the number of your case?|Which reference did you get?`,
  },
} satisfies Record<string, FactQuestions>;
