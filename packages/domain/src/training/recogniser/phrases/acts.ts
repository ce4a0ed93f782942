import type { SharedAct } from "../../acts.ts";
import { endingPhrases } from "./endings.ts";

/** How agents say what every scenario shares. */
export const sharedPhrases: Readonly<Record<SharedAct, string>> = {
  greet: `Hello|Hi|Hi there!|Hey|Good morning|Good afternoon|Good evening, this is the service desk.|hello there|hiya
    |Hello, how can I help?|Hi, how can I help you today?|Welcome to the service desk|Hello and thanks for contacting us.
    |How may I assist you?|What can I do for you today?|How can I help|how may I help you|hi how can I help you
    |Hello, my name is Sam and I will look after your ticket.|You have reached the help desk.|hi, Sam here from IT
    |Good day, what can I help you with?|Can I help you?|May I help you?|What do you need help with?|Sure, how can I help?|Hello Maria,|Dear Maria|Hi again|greetings|hi may I help|What brings you here today?
    |Thank you for calling the service desk, this is Sam.|Thanks for reaching out to us, my name is Kim.`,
  empathize: `I am sorry to hear that.|I understand how frustrating this is.|That must be annoying.|so sorry to hear this
    |I can see why you are upset.|That sounds stressful, let us sort it out.|I know how important this is for you.
    |What a bad moment for this to happen.|Sorry to hear that|I'm sorry to hear that.|I'm so sorry to hear about this|I am sorry that this is happening to you.|I can imagine how you feel.|Oh no, that is not nice at all.
    |I get that this is really inconvenient.|I would be upset too.|That is a lot to deal with before a meeting.
    |I hear you, this is no fun.|I understand your frustration|That is a tough start of the day.|understandable
    |I can imagine the pressure you are under.|I see that this keeps you from your work.|Sorry that this happened to you.`,
  apologize: `I apologize for the trouble.|Sorry about that.|My apologies.|I am sorry that you had to wait.|sorry
    |Please excuse the delay.|I'm sorry|We apologise for the inconvenience|That was our mistake, I am sorry.
    |Sorry for the wait|Pardon me, I was wrong.|Please accept our apologies.|I am sorry for the confusion|sorry my bad
    |That should not have happened on our side.|apologies for keeping you waiting`,
  explain: `I will now reset it, and then you can sign in again.|This happens because your password has expired.
    |What I am going to do next is remove the device.|The reason is that the account locks itself after five attempts.
    |Next, you will get a mail with a link.|That means your laptop and the server do not agree.
    |The cause is a certificate that ran out last night.|I have to check who you are first, then I can unlock the account.
    |Before I can change anything I need to make sure that it is really you.|Here is what happens: I send a link and you open it.
    |I'm going to restart the service now.|What you see comes from an old driver.|The next step is to install the update.
    |First I verify you, after that I will set a new one.|It fails because the disk is full.|I will explain what went wrong.
    |Once that is done you can log in with a temporary password.|So the printer queue is stuck, and I am clearing it now.
    |Let me tell you what I will do.|The way this works is that your manager approves it and then I add you.`,
  set_expectation: `This will take about ten minutes.|You should have it by noon.|It can take up to an hour until it works everywhere.
    |I will be back to you in five minutes.|Expect an answer by tomorrow.|It should be done within two hours.
    |I will update you by three o'clock.|Usually it takes a day.|The repair needs two working days.
    |You will hear from us before the end of the day.|Please allow up to thirty minutes for the change.
    |It won't take longer than a quarter of an hour.|The specialists normally answer within four hours.
    |I expect this to be fixed by this afternoon.|ready in about an hour`,
  reassure: `Don't worry, nothing is lost.|Your files are safe.|We will get this working today.|don't worry
    |You did the right thing by calling.|No problem, this is easy to mend.|You are in good hands.|no worries
    |We will find a solution together.|It is not your fault.|I am sure that we can fix this.|This happens to everybody.
    |There is no need to panic, your data is still there.|Rest assured that nobody got in.|Everything will be fine.
    |Good that you told us right away.|That is something we can repair.|No need to be embarrassed.`,
  thank: `Thank you.|Thanks!|Thanks for the information.|Thank you for waiting.|Thanks for your patience.|thank you very much
    |Thanks, that helps.|Thank you for confirming.|many thanks|Thanks for letting us know.|I appreciate that you checked.
    |Great, thank you for the details.|thx|ok thanks|Perfect, thanks a lot.|I appreciate your help with this.`,
  hold: `One moment please.|Please hold on.|Give me a second.|Let me check that.|Just a minute while I look.|one sec
    |Bear with me.|hold on|I will look that up, one moment.|Let me take a look at your account.|Can you wait a minute?
    |I am checking now, please stay with me.|let me see|Just a moment|Would you mind holding for a second?
    |Please wait while I check.|I need a minute to read the record.|Allow me a moment|checking`,
  check_understanding: `So the problem began this morning, is that right?|Let me repeat that to be sure.|Did I get that right?
    |Do I understand correctly that nothing prints?|To summarize, you can sign in but not see the folder?|Is that correct?
    |If I understand you right, it only fails at home.|Just to confirm: the screen stays black?|so you mean the second one?
    |Let me make sure that I have understood.|So what you are saying is that it worked yesterday?|Am I right that you use the cable?
    |In other words, the mail never arrived.|To recap, you changed your phone and the codes stopped.|Have I got this right?|Let me go over that again with you.
    |Just so that I get it right: it prints, but only in black?|To be sure that we mean the same, you use the app and not the page?
    |Let me sum up what I heard.|You say that it began after the update, correct?|I want to be sure that I got this right.
    |So, in short, you can open it but you cannot save, right?|Just checking: you did restart it once?`,
  ...endingPhrases,
};
