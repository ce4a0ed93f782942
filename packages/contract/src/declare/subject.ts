import type { Refusal } from "@helpdesk/domain";
import type { AppRouter, UploadRefusalCode, UploadView } from "@helpdesk/server";

/** What declarations are made of: types alone, read by the generator. */
export interface Subject {
  procedures: AppRouter["_def"]["record"];
  refusal: Refusal;
  uploadView: UploadView;
  uploadRefusalCode: UploadRefusalCode;
}
