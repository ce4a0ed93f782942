export { recognise, shippedThresholds, type Thresholds } from "../recognise.ts";
export { actOfLabel, identityDesk } from "./desk.ts";
export { bySubstring, withoutAbstention } from "./rivals.ts";
export { howUnderstood, type Recognise, type Row, type Tally, type Verdict, verdictOf } from "./tally.ts";
