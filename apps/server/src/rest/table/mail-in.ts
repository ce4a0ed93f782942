import { get, patch, post, tagged } from "../route.ts";

export const mailInTable = [
  ...tagged("Inbound mail", [
    get("/inbound-mails", "inboundMails.list", "List mails that came in"),
    get("/inbound-mails/held", "inboundMails.countHeld", "Count the mails that wait for somebody"),
    get("/inbound-mails/{inboundMailId}", "inboundMails.get", "Read a mail that came in"),
    post("/inbound-mails/{inboundMailId}/release", "inboundMails.release", "Have a held mail taken"),
    post(
      "/inbound-mails/{inboundMailId}/discard",
      "inboundMails.discard",
      "Decide that nothing becomes of a mail",
    ),
    get("/mail-addresses", "mailAddresses.list", "List the addresses for mail"),
    post("/mail-addresses", "mailAddresses.create", "Make an address for mail"),
    patch("/mail-addresses/{mailAddressId}", "mailAddresses.update", "Change an address for mail"),
  ]),
];
