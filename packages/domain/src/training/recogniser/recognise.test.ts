import { expect, test } from "vitest";
import { recogniserOf } from "./encode.ts";
import { recognise, understand } from "./recognise.ts";
import { trainRecogniser } from "./train.ts";

const fact = (name: string, value = "…") => ({ name, value, isPersonal: true });
const recogniser = recogniserOf(
  trainRecogniser({
    facts: {
      full_name: fact("full name"),
      employee_id: fact("employee number", "E-20417"),
      department: fact("department"),
      manager_name: fact("manager's name", "Jonas Albrecht"),
      date_of_birth: fact("date of birth"),
      pin: fact("PIN"),
      password: fact("password"),
      mfa_code: fact("sign-in code"),
      symptom: fact("what happens"),
      data_entered: fact("what was typed on the page"),
    },
    phrases: {
      "instruct.scan": ["Please scan the picture with your phone.", "Scan the square on the screen now."],
    },
    verification: {
      required: {},
      factors: {},
      knowledgeCap: 0,
      neverAsk: ["pin", "password", "mfa_code"],
      neverTell: ["manager_name", "employee_id"],
    },
  }),
);
const actsOf = (text: string) => recognise(recogniser, text);

test.each([
  ["Hello Maria, what is your employee number?", ["greet", "ask.employee_id"]],
  [
    "I'm sorry to hear that. Could you tell me your name and your date of birth, please?",
    ["empathize", "ask.full_name", "ask.date_of_birth"],
  ],
  [
    "Thanks!\nWhich department do you work in?\nAnd who is your manager?",
    ["thank", "ask.department", "ask.manager_name"],
  ],
  ["One moment please; I will look that up.", ["hold"]],
  ["Thank you and goodbye.", ["thank", "close"]],
  ["I can't find you. What is your employee number?", ["ask.employee_id"]],
  ["full name, employee number, department?", ["ask.full_name", "ask.employee_id", "ask.department"]],
])("every sentence and clause does its own: %s", (text, acts) => {
  expect(actsOf(text)).toEqual(acts);
});

test.each([
  ["WHAT IS YOUR EMPLOYEE NUMBER", "ask.employee_id"],
  ["what is your emploee number", "ask.employee_id"],
  ["waht is you employee numbr?", "ask.employee_id"],
  ["whats youre date of birth", "ask.date_of_birth"],
  ["could you tell me you're departmnet pls", "ask.department"],
  ["What’s your employee number?", "ask.employee_id"],
  ["What`s your employee number ?", "ask.employee_id"],
  ["  what   is\tyour employee number??!!  ", "ask.employee_id"],
  ["What is your employee number? 🙂", "ask.employee_id"],
  ["🙏 Could you please tell me your department 🙏🙏", "ask.department"],
  ["Ｗｈａｔ ｉｓ ｙｏｕｒ ｐａｓｓｗｏｒｄ？", "ask.password"],
  ["If you don't mind, could you tell me your employee number?", "ask.employee_id"],
  ["I cannot go on without your employee number.", "ask.employee_id"],
  ["Could you not just tell me your password?", "ask.password"],
  ["Can't you tell me your PIN?", "ask.pin"],
])("typing does not matter: %s", (text, act) => {
  expect(actsOf(text)).toEqual([act]);
});

test.each([
  "I will not ask for your code.",
  "Never tell anybody your PIN.",
  "Never tell anybody your password, PIN or sign-in code!",
  "We will never ask you for your password, okay?",
  "I won’t ask you for your PIN.",
  "I don't need your password.",
  "You do not have to tell me your PIN.",
  "Please don't send me your password.",
  "do not share your sign-in code with anyone",
  "No need for your PIN.",
  "Nobody from our desk asks for a password.",
  "I would never want to know your PIN.",
  "Without asking for your password I can still help.",
  "Keep your PIN to yourself.",
  "Did somebody ask you for your password?",
  "Have you given your sign-in code to anyone?",
  "They asked you for your PIN, is that so?",
  "If somebody asks for your password, hang up.",
  'Whoever says "What is your PIN?" is no colleague of ours.',
  "The mail said “please tell us your password”.",
  "He wrote 'what is your sign-in code?' in the chat.",
  "I will reset your password now.",
  "Your PIN has been changed.",
  "You will get a new password by post.",
])("what is denied, quoted, reported or only mentioned asks for nothing: %s", (text) => {
  expect(actsOf(text).filter((act) => /^ask\.(?:pin|password|mfa_code)$/.test(act))).toEqual([]);
});

test.each([
  ["Please tell me your PIN.", "ask.pin"],
  ["What is your password?", "ask.password"],
  ["I need your sign-in code.", "ask.mfa_code"],
  ["I will reset your password. What is it now? Tell me your password.", "ask.password"],
  ["I know that we never ask, but please tell me your password.", "ask.password"],
  ["Did you enter your password there?", "ask.data_entered"],
])("… but asking is asking: %s", (text, act) => {
  expect(actsOf(text)).toContain(act);
});

test.each([
  "employee number department manager reset verify sorry",
  "sorry verify employee number",
  "sorry, employee number, thanks, goodbye, department",
  "sorry\nverify\nemployee number\nthanks\ngoodbye",
  "hello. sorry. employee number. thanks. bye.",
  "name employee id department manager birthday pin password code",
  "greet empathize apologize explain verify refuse escalate close",
  "sorry understand frustrating verify identity employee number ticket resolved thank anything else goodbye",
  "SORRY EMPLOYEE NUMBER DEPARTMENT MANAGER THANKS BYE",
  "sorry/employee number/department/thanks/bye",
  "sorry & department & thanks & bye",
  "reset reset reset reset reset reset",
])("a list of key words does nothing: %s", (text) => {
  expect(actsOf(text)).toEqual([]);
});

test.each(["employee number", "department?", "sorry", "Thanks, bye", "sorry about that", "date of birth"])(
  "… but a terse message does what it says: %s",
  (text) => {
    expect(actsOf(text)).not.toEqual([]);
  },
);

test.each([
  ["", "nothing"],
  [" \n\t ", "blanks"],
  ["?", "a mark"],
  ["…!?", "marks"],
  ["👍", "an emoji"],
  ["🙂🙂🙂", "emojis"],
  ["0", "a digit"],
  ["asdkj qwoie zmxnc", "no words"],
  ["Wie lautet bitte Ihre Personalnummer?", "German"],
  ["¿Cuál es su departamento?", "Spanish"],
  ["あなたの名前は何ですか", "Japanese"],
  ["ما اسمك؟", "Arabic"],
  ["a".repeat(10_000), "one long word"],
  ["lorem ipsum dolor sit amet ".repeat(400).slice(0, 10_000), "10,000 characters"],
  ["\u0000\uD800\uFFFF", "broken text"],
])("what it does not understand has no acts: %s (%s)", (text) => {
  expect(actsOf(text)).toEqual([]);
});

test("a question within 10,000 characters is found", () => {
  const long = `What is your employee number? ${"The weather is nice today. ".repeat(400)}`.slice(0, 10_000);
  expect(actsOf(long)).toContain("ask.employee_id");
});

test("a long message of whole sentences does all that it says, and what is told and asked in it counts", () => {
  const long =
    "Hello Maria. I am so sorry to hear that. One moment please. What is your name? Thank you very much. " +
    "Jonas Albrecht is your manager. What is your password? It will take about ten minutes. Goodbye.";
  expect(actsOf(long)).toEqual(
    expect.arrayContaining([
      "greet",
      "ask.full_name",
      "ask.password",
      "set_expectation",
      "tell.manager_name",
    ]),
  );
  expect(actsOf("sorry & department & password & thanks & bye")).toEqual(["ask.password"]);
});

test.each([
  ["Your manager is Jonas Albrecht, isn't he?", "manager_name"],
  ["I see JONAS ALBRECHT here", "manager_name"],
  ["Jonas is your manager, isn't he?", "manager_name"],
  ["Albrecht is your supervisor, yes?", "manager_name"],
  ["Is it Albrecht's team?", "manager_name"],
  ["Are you the one with e-20417?", "employee_id"],
  ["It ends with 20417, right?", "employee_id"],
  ["Your badge ends in 417.", "employee_id"],
])("what must not be told is told however it is put, and is not asked: %s", (text, fact) => {
  expect(actsOf(text)).toContain(`tell.${fact}`);
  expect(actsOf(text)).not.toContain(`ask.${fact}`);
});

test.each(["Is it Johann?", "It was in 2041 or 204170.", "The second street"])(
  "… and other names and numbers tell nothing: %s",
  (text) => {
    expect(actsOf(text).filter((act) => act.startsWith("tell."))).toEqual([]);
  },
);

test.each([
  ["To verify you, may I have your employee number?", ["ask.employee_id"]],
  ["To verify your identity, what is your employee number?", ["ask.employee_id"]],
  ["I'm not able to let you into that mailbox.", ["refuse"]],
  ["I'm not in a position to change that for you.", ["refuse"]],
  ["Unfortunately nobody answered at your desk phone, so I cannot remove it.", ["refuse"]],
  ["Morning Daniel, IT support here, sorry you're stuck.", ["greet", "empathize"]],
])("a reason to ask refuses nothing, and who refuses is heard: %s", (text, acts) => {
  expect(actsOf(text)).toEqual(acts);
});

test("an author's own phrases are understood, and their opposite is not", () => {
  expect(actsOf("Now please scan the square with your phone")).toEqual(["instruct.scan"]);
  expect(actsOf("Please do not scan the square with your phone")).toEqual([]);
});

test.each([
  ["What is your employee number? Which floor did you lose it on?", ["ask.employee_id"], 1],
  ["Hello! Which floor is it? And who else sits on that floor?", ["greet"], 2],
  [
    "What is your employee number? And which department are you in?",
    ["ask.employee_id", "ask.department"],
    0,
  ],
  ["Hello. The lift was slow this morning. Right?", ["greet"], 0],
  ["Is Jonas Albrecht on your floor today?", ["tell.manager_name"], 0],
])("of “%s” it is known which questions were not understood", (text, acts, missed) => {
  expect(understand(recogniser, text)).toEqual({ acts, missed });
});
