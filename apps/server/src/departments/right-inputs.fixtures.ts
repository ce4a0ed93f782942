import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const newDepartment = (home: Home) => home.act<Row>("departments.create", { name: `Ours ${newId()}` });

const onDepartment = async (home: Home, rest: object = {}) => {
  const { id, version } = await newDepartment(home);
  return { departmentId: id, version, ...rest };
};

export const rightInputs: RightInputs = {
  "departments.archive": onDepartment,
  "departments.create": async () => ({ name: `Ours ${newId()}` }),
  "departments.get": async (home) => ({ departmentId: (await newDepartment(home)).id }),
  "departments.restore": onDepartment,
  "departments.setMemberCapacity": async (home) => {
    const userId = home.ids["agent"];
    const { departmentId, version } = await onDepartment(home);
    await home.act("departments.setMembers", { departmentId, version, userIds: [userId] });
    return { departmentId, version: version + 1, userId, capacity: 3 };
  },
  "departments.setMembers": (home) => onDepartment(home, { userIds: [home.ids["agent"]] }),
  "departments.workload": async (home) => ({ departmentId: (await newDepartment(home)).id }),
  "departments.update": (home) => onDepartment(home, { description: "Ours, changed" }),
};
