import { expect, test } from "vitest";
import { ada, after, ben, cora, minute, opened, refusalOf } from "./desk.fixtures.ts";
import { removeAttachment } from "./remove-attachment.ts";

const file = { id: "f", name: "bill.pdf", uploadedById: "cora" };

test("the uploader and who edits tickets take a file off; the history says which, and nothing else changes", () => {
  const before = opened();
  for (const actor of [cora, ada]) {
    const decision = removeAttachment(after(before, actor, minute(5)), file);
    expect(decision.events).toMatchObject([
      {
        kind: "attachment_removed",
        changes: { attachment: { from: { id: "f", label: "bill.pdf" }, to: null } },
      },
    ]);
    expect(decision.ticket).toEqual({ ...before.ticket, lastEventSequence: 2 });
  }
});

test("a customer does not take off what somebody else sent", () => {
  const theirs = { ...file, uploadedById: ben.userId };
  expect(refusalOf(() => removeAttachment(after(opened(), cora, minute(5)), theirs))).toEqual({
    code: "permission.denied",
    permission: "ticket.edit",
  });
});
