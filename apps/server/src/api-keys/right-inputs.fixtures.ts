import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const newKey = (home: Home, rest: object = {}) =>
  home.act<Row & { key: string }>("apiKeys.create", {
    name: `Ours ${newId()}`,
    scopes: ["user.act_for"],
    ...rest,
  });

const onKey = async (home: Home) => {
  const { id, version } = await newKey(home);
  return { apiKeyId: id, version };
};

export const rightInputs: RightInputs = {
  "apiKeys.create": async (home) => ({
    name: "Ours",
    scopes: [],
    service: { name: "Ours", roleKey: "agent", departmentIds: [home.ids["department"]] },
  }),
  "apiKeys.get": async (home) => ({ apiKeyId: (await newKey(home)).id }),
  "apiKeys.revoke": onKey,
  "apiKeys.rotate": onKey,
  "apiKeys.update": async (home) => ({ ...(await onKey(home)), name: "Ours, renamed" }),
  "audit.list": async (home) => ({ apiKeyId: (await newKey(home)).id }),
  "auth.exchangeKey": async (home) => ({
    key: (await newKey(home)).key,
    onBehalfOf: home.ids["customer"],
  }),
};
