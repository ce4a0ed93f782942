import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

/** There may only be so many, and the wall takes more: those of long ago make room. */
const makeRoom = (home: Home) => home.sql`
  delete from saved_reports where organization_id = ${home.ids["organization"]!} and id in (
    select id from saved_reports where organization_id = ${home.ids["organization"]!} and name like 'r%-%'
    order by created_at desc offset 85)`;

const definitionAt = (home: Home) => ({
  kind: "counts",
  period: { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" },
  zone: "Europe/Berlin",
  by: ["priority"],
  filters: { departments: [home.ids["department"]] },
});

const newReport = async (home: Home): Promise<Row> => {
  await makeRoom(home);
  const input = { name: `r${newId()}`, definition: definitionAt(home), isShared: true };
  return home.act<Row>("reports.save", input);
};

const versioned = async (home: Home) => {
  const { id, version } = await newReport(home);
  return { reportId: id, version };
};

const named = async (home: Home) => ({ reportId: (await newReport(home)).id });
const defined = async (home: Home) => ({ definition: definitionAt(home) });

export const rightInputs: RightInputs = {
  "reports.run": defined,
  "reports.csvUrl": defined,
  "reports.save": async (home) => {
    await makeRoom(home);
    return { name: `r${newId()}`, definition: definitionAt(home), isShared: true };
  },
  "reports.get": named,
  "reports.runSaved": named,
  "reports.savedCsvUrl": named,
  "reports.delete": versioned,
  "reports.update": async (home) => ({ ...(await versioned(home)), definition: definitionAt(home) }),
};
