import { useCallback, useState } from "react";
import { toCallError } from "../failure.ts";
import type { FileContent } from "../upload-form.ts";
import type { UploadProgress } from "../upload-request.ts";
import type { UploadOptions, UploadedAttachment } from "../upload.ts";
import { useHelpdeskClient } from "./provider.ts";

export interface AttachmentUpload {
  /** The file that was taken, or null where it was not: `error` says why. */
  upload(
    content: FileContent,
    options?: Omit<UploadOptions, "onProgress">,
  ): Promise<UploadedAttachment | null>;
  /** How far it is; null where nothing is being sent. */
  progress: UploadProgress | null;
  /** `refusalIn(error)` says what a file was refused for. */
  error: Error | null;
}

/** Sends files for a text, one at a time. */
export function useAttachmentUpload(): AttachmentUpload {
  const client = useHelpdeskClient();
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const upload = useCallback<AttachmentUpload["upload"]>(
    async (content, options) => {
      setError(null);
      setProgress({ sentBytes: 0, totalBytes: options?.totalBytes ?? null });
      try {
        return await client.uploadAttachment(content, { ...options, onProgress: setProgress });
      } catch (failure) {
        setError(failure instanceof Error ? failure : toCallError(failure));
        return null;
      } finally {
        setProgress(null);
      }
    },
    [client],
  );
  return { upload, progress, error };
}
