import { linesOf } from "./lines.ts";

/** What is said at a desk, or in other trades, and is none of the acts: so that not everything is taken for one. */
export const otherSentences: readonly string[] = linesOf(`
  number|what number|which number|id|number of rooms|number of bedrooms|which apartment|apartment|apartments|where is the apartment|from where do you depart|where are you departing|which room|what time would suit|on which day|
  What time would you like?|time|what day|day|Which date?|date|start time|end time|when|which day would suit you|arrival time
  |How many people?|number of guests|where are you going|destination|departure|from where do you leave|how do you travel
  |Which hotel?|hotel name|what is the name of the restaurant|restaurant name|name of the hotel|name of the bank|which bank
  |doctor's name|which doctor|venue name|What venue?|host name|who is the host|guest name|driver name|event name|brand name|city name
  |What is the name of the event?|What is the name of the guest?|What is the venue's name?|name of the doctor|name of the host please
  |What is the name of your doctor?|Whose party is it?|What is the name of the apartment?|apartment name|name of the place
  |booking number|ride id|flight id|reservation number|order number|invoice number|flight number|booking id|what is your booking number?
  |zip code|code|code type|what is the code?|rank|what is your rank|price|budget|rating|colour|lock manufacturer|question number
  |The weather is sunny.|snow|It is available.|available|unavailable|It has been booked.|booked|confirmed|done|correct|incorrect
  |Walk two blocks and turn left.|take the bus|Your balance is 200 dollars.|your account balance is|balance
  |The report has been submitted|fraud report|Would you like me to book it?|Shall I go on?|Do you want to cancel?|continue|proceed
  |Do you want parking?|parking|food|drinks|any preferences?|what are your symptoms|symptoms|travel mode|change of booking
  |I found a flight|I have a car available|The driver is on the way|license plate|your answer is right|next question
  |the doctor says|take the medicine|message|fee paid|application fee|reason|What happened?|details of the fraud|how much
  |yes|no|ok|sure|okay|alright|right|understood|great|perfect|good|fine|welcome|you are welcome|you're welcome|that is all|nothing else
  |the cat sat on the mat|lorem ipsum|asdf qwer|blah blah|1234|abc|test|x|I like trains.|The sky is blue today.|what is the capital of France
  |I do not understand|I don't know|don't understand|could you repeat that|what do you mean|I only handle bookings|no idea
  |I looked at your record.|I see your account here.|Your request has been saved.|The account is active.|Everything is set up.
  |The password has been reset.|Your account is unlocked.|I have sent you a link.|The device has been removed.|The ticket is updated.
  |The system is slow today.|The server was restarted at noon.|Your name is on the list.|The number on the list is wrong.
  |The manager of the shop is on holiday.|The department has moved to another floor.|We have your account number on file.
  |I can't find you in the directory.|I cannot see your account here.|I don't see your name.|We could not reach you by phone.
  |The link does not open for me either.|I can't hear you.|I do not see an error here.|That name is not in our list.|I cannot find you.
  |It is not working here.|It cannot be opened on a Mac.|The server can't be reached today.
  |If you don't mind|if that is all right with you|if I may ask|when you have a moment|for your information|by the way|as I said|in the chat|on the phone|in the mail|on the screen|from the app|with your team|on your side|at the desk
  |Verification is important.|Identity checks keep accounts safe.|Passwords should be long.|A PIN has four digits.|Codes expire after a minute.
  |I'll reset your password now.|I am resetting the password.|Your password has expired.|The password is too old.
  |I have just sent you a one-time password.|You will get a temporary password by text message.|The new password is on its way.
  |You have to choose a new password.|Please change your password.|Could you change your password?|Set yourself a new password.|You will have to set a new password yourself.|Choose a password that you use only here.|The new one has to be your own password.|Try the new password now.
  |When did you last change your password?|Have you changed your password?|Did you type your password into that page?
  |Sign in with the one-time password.|Use the temporary password.|Enter the new password on your device.|Type your new password there.
  |I am sending a code to your phone.|A code will come by text message.|Type the code in on the sign-in page.|Confirm the code on your phone.`);

/** What is said about a fact and asks for it neither now nor here; `{}` is what it is called. */
export const aboutFacts: readonly string[] = [
  "Your {} has been changed.",
  "I will reset your {}.",
  "You will get a new {}.",
  "Never tell anybody your {}.",
  "I will not ask for your {}.",
  "Keep your {} to yourself.",
  "Did somebody ask you for your {}?",
  "Thank you for the {}.",
  "I have your {} here.",
  "The {} is right.",
];

/** How a question for a fact goes; `{}` is what it is called. */
export const askingFor: readonly string[] = [
  "{}",
  "What is your {}?",
  "Can I have your {}?",
  "Could you tell me your {}, please?",
  "what is the {}",
  "{} please",
  "I need your {}.",
  "Please confirm your {} for me.",
  "May I get the {} from you?",
  "And your {}?",
  "I can't go on without your {}.",
  "{}?",
  "your {}?",
  "what's your {}?",
  "whats ur {}",
  "what's the {}",
  "can you give me your {} please",
  "give me your {}",
  "could i get the {}",
  "tell me your {}",
  "do you have your {} at hand?",
  "can I have your {} to look you up",
  "tell me what your {} is",
];
