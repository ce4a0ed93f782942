import { del, get, patch, post, tagged } from "../route.ts";

export const reportTable = tagged("Reports", [
  post("/reports/run", "reports.run", "Run a report"),
  post("/reports/csv-url", "reports.csvUrl", "Make a link to a report as CSV"),
  get("/reports", "reports.list", "List saved reports"),
  post("/reports", "reports.save", "Save a report", { made: "/reports/{id}" }),
  get("/reports/{reportId}", "reports.get", "Read a saved report"),
  patch("/reports/{reportId}", "reports.update", "Change a saved report"),
  del("/reports/{reportId}", "reports.delete", "Delete a saved report"),
  get("/reports/{reportId}/result", "reports.runSaved", "Run a saved report"),
  get("/reports/{reportId}/csv-url", "reports.savedCsvUrl", "Make a link to a saved report as CSV"),
]);
