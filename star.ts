import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { trainModel } from "./packages/domain/src/training/recogniser/train.ts";
import { actOf, shippedThresholds } from "./packages/domain/src/training/recogniser/recognise.ts";
import { phrases, others } from "./phrases.ts";
const lines = gunzipSync(readFileSync(process.argv[3]!)).toString().trim().split("\n").map((l) => JSON.parse(l));
const map: Record<string,string> = { ask_name: "ask.full_name", bank_ask_account_number: "ask.account_number", bank_ask_dob: "ask.date_of_birth", bank_ask_pin: "ask.pin", bank_ask_mothers_maiden_name: "ask.maiden_name", bank_ask_childhood_pets_name: "ask.pet_name", hello: "greet", goodbye_1: "close", goodbye_2:"close", anything_else: "offer_more_help", bank_inform_cannot_authenticate: "refuse" };
const t0 = Date.now();
const model = trainModel(phrases, others);
console.log("train ms", Date.now() - t0, Object.keys(model.weights).length, "features", model.acts.length, "acts", JSON.stringify(model).length, "bytes");
const conf: Record<string, Record<string, number>> = {};
const show = process.argv[2];
for (const th of [shippedThresholds, {sure:.4,ahead:1.5,known:.3},{sure:.35,ahead:1.5,known:.25},{sure:.6,ahead:2,known:.3},{sure:0,ahead:1,known:0}]) {
  let right=0,wrong=0,asked=0,n=0, fa=0, m=0, r2=0,w2=0,n2=0;
  for (const { text, act } of lines) {
    const want = map[act];
    const got = actOf(model, text, th);
    if (want?.startsWith("ask.")) { n++; if (got===want) right++; else if (got===null) asked++; else { wrong++; if (th===shippedThresholds && show==="wrong") console.log(want, "|", got, "|", text);} if (got===null && th===shippedThresholds && show==="asked") console.log(want,"|",text);
    } else if (want) { n2++; if (got===want) r2++; else if (got!==null) w2++; }
    else { m++; if (got?.startsWith("ask.")) { fa++; if (th===shippedThresholds && show==="false") console.log(act, "|", got, "|", text); } }
  }
  console.log(JSON.stringify(th), "identity", n, "right", (right/n*100).toFixed(1), "wrong", (wrong/n*100).toFixed(1), "asked", (asked/n*100).toFixed(1), "| social", n2, (r2/n2*100).toFixed(1), (w2/n2*100).toFixed(1), "| others taken for a check", (fa/m*100).toFixed(2));
}
