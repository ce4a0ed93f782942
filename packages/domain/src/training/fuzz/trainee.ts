import type { Draw } from "../../proof/draw.ts";
import { sharedActs } from "../acts.ts";
import { noteFields } from "../criterion.ts";
import type { Move } from "../move.ts";
import type { Scenario } from "../scenario.ts";
import { hintLevels } from "../xp.ts";

/** How somebody goes about a session: what they mostly do, in parts of what they do at all. */
interface Manner {
  says: number;
  /** Of what they say, what is understood as drawn acts whatever its words. */
  acts: number;
  uses: number;
  refuses: number;
  ends: number;
}

const manners: readonly Manner[] = [
  { says: 8, acts: 2, uses: 2, refuses: 0, ends: 1 },
  { says: 6, acts: 0, uses: 4, refuses: 1, ends: 0 },
  { says: 8, acts: 6, uses: 1, refuses: 4, ends: 0 },
  { says: 3, acts: 3, uses: 6, refuses: 0, ends: 0 },
];

/** What a fuzzed trainee has words for. */
export interface Words {
  /** Sentences that do something, of this scenario and of others. */
  phrases: readonly string[];
  /** What the texts of any of them are made of. */
  keyWords: readonly string[];
}

/** Somebody who does anything, the sensible and the absurd. */
export class Trainee {
  readonly #draw: Draw;
  readonly #scenario: Scenario;
  readonly #words: Words;
  readonly #hear: (text: string) => readonly string[];
  readonly #manner: Manner;

  constructor(draw: Draw, scenario: Scenario, words: Words, hear: (text: string) => readonly string[]) {
    this.#draw = draw;
    this.#scenario = scenario;
    this.#words = words;
    this.#hear = hear;
    this.#manner = draw.of(manners);
  }

  move(): Move {
    const draw = this.#draw;
    const { says, uses, refuses, ends } = this.#manner;
    const turn = draw.below(says + uses + refuses + ends + 4);
    if (turn < says) return this.#say();
    if (turn < says + uses) return { kind: "use_tool", tool: this.#name(Object.keys(this.#scenario.tools)) };
    if (turn < says + uses + refuses) return { kind: "say", text: "I cannot do that.", acts: ["refuse"] };
    if (turn < says + uses + refuses + ends && draw.once(6)) return this.end();
    return this.#aside();
  }

  end(): Move {
    const reason = this.#draw.once(3) ? "" : "as it was found";
    const kind = this.#draw.of(["resolve", "escalate", "refuse", "abandon"] as const);
    return kind === "escalate" || kind === "refuse" ? { kind, reason } : { kind };
  }

  /** Acts that a trainer may find in a message. */
  acts(): string[] {
    const { facts, phrases } = this.#scenario;
    const known = [
      ...Object.keys(sharedActs),
      ...Object.keys(phrases),
      ...Object.keys(facts).flatMap((fact) => [`ask.${fact}`, `ask.${fact}`, `tell.${fact}`]),
      "ask.constructor",
      "instruct.nothing_known",
      "constructor",
    ];
    return Array.from({ length: this.#draw.below(5) }, () => this.#draw.of(known));
  }

  /** Seconds until the next move: mostly some, at times an age, and now and then a clock that goes back. */
  waits(): number {
    const draw = this.#draw;
    if (draw.once(40)) return -draw.below(3_600);
    return draw.once(60) ? draw.below(7_200) : draw.once(10) ? draw.below(400) : draw.below(90);
  }

  #say(): Move {
    const { says, acts } = this.#manner;
    if (this.#draw.below(says) < acts) return { kind: "say", text: this.#text(), acts: this.acts() };
    const text = this.#text();
    const missed = this.#draw.once(4) ? this.#draw.below(200) : 0;
    return { kind: "say", text, acts: this.#hear(text), missed };
  }

  #aside(): Move {
    const draw = this.#draw;
    const { knowledge, rootCause } = this.#scenario;
    switch (draw.below(4)) {
      case 0:
        return { kind: "open_article", article: this.#name(knowledge.map(({ id }) => id)) };
      case 1:
        return { kind: "take_hint", level: draw.of(hintLevels) };
      case 2:
        return { kind: "pick_root_cause", option: this.#name(Object.keys(rootCause.options)) };
      default: {
        const text = draw.once(4) ? "" : draw.of(this.#words.phrases);
        return {
          kind: "write_note",
          fields: { [draw.of(noteFields)]: text, [draw.of(noteFields)]: "done so" },
        };
      }
    }
  }

  #name(names: readonly string[]): string {
    return names.length === 0 || this.#draw.once(20) ? "constructor" : this.#draw.of(names);
  }

  #text(): string {
    const draw = this.#draw;
    const { phrases, keyWords } = this.#words;
    const some = (values: readonly string[], most: number) =>
      Array.from({ length: 1 + draw.below(most) }, () => draw.of(values));
    switch (draw.below(8)) {
      case 0:
        return some(keyWords, 9).join(" ");
      case 1:
        return some([...noise, ...keyWords.slice(0, 5)], 6).join(draw.of(["", " ", "\n"]));
      case 2:
        return draw.of(Object.values(this.#scenario.facts)).value;
      case 3:
        return some(phrases, 3).join(" ").toUpperCase();
      default:
        return some(phrases, 3).join(" ");
    }
  }
}

const noise = [
  "",
  " ",
  "…",
  "👋",
  "\u202E",
  "ß",
  "\0",
  "{value}",
  "$&",
  "${seed}",
  "?",
  "a".repeat(2_500),
  "не знаю",
];
