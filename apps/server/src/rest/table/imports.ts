import { get, post, tagged } from "../route.ts";

export const importTable = tagged("Imports", [
  get("/imports", "imports.list", "List imports"),
  post("/imports", "imports.create", "Import a file that was sent", { made: "/imports/{id}" }),
  get("/imports/{importId}", "imports.get", "Read how an import stands"),
  get("/imports/{importId}/problems", "imports.problems", "List what is wrong with lines of its file"),
  post("/imports/{importId}/start", "imports.start", "Do what a dry run has shown", {
    made: "/imports/{id}",
  }),
  post("/imports/{importId}/cancel", "imports.cancel", "Stop an import where it is"),
]);
