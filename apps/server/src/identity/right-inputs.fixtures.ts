import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const newPerson = (home: Home) =>
  home.act<Row>("users.invite", {
    email: `${newId()}@ours.example`,
    name: "Ours",
    roleKey: "customer",
  });

const newRole = (home: Home) =>
  home.act<Row>("roles.create", {
    key: `r${newId().replaceAll("-", "")}`,
    name: "Ours",
    permissions: [],
  });

const onPerson = async (home: Home, rest: object = {}) => {
  const { id, version } = await newPerson(home);
  return { userId: id, version, ...rest };
};

const onRole = async (home: Home, rest: object = {}) => {
  const { id, version } = await newRole(home);
  return { roleId: id, version, ...rest };
};

export const rightInputs: RightInputs = {
  "roles.delete": onRole,
  "roles.update": (home) => onRole(home, { name: "Ours, renamed" }),
  "users.deactivate": onPerson,
  "users.get": async (home) => ({ userId: (await newPerson(home)).id }),
  "users.invite": async () => ({ email: `${newId()}@ours.example`, name: "Ours", roleKey: "customer" }),
  "users.reactivate": onPerson,
  "users.resendInvitation": async (home) => ({ userId: (await newPerson(home)).id }),
  "users.setAvailability": async (home) => ({ userId: (await newPerson(home)).id, isAvailable: false }),
  "users.setRole": (home) => onPerson(home, { roleId: home.ids["role"] }),
};
