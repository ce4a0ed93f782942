import { get, post, tagged } from "../route.ts";

export const exportTable = tagged("Exports", [
  get("/exports", "exports.list", "List exports"),
  post("/exports", "exports.create", "Export everything", { made: "/exports/{id}" }),
  get("/exports/{exportId}", "exports.get", "Read how an export stands"),
  post("/exports/{exportId}/cancel", "exports.cancel", "Stop an export, or have its file taken away"),
  post("/exports/{exportId}/link", "exports.createLink", "Get a path to fetch the file by, for a minute"),
]);
