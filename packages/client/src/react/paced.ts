/** Does it at once, and again no earlier than `everyMs` later: what is asked for in between is done once, at the end. */
export function paced(work: () => void, everyMs: number): () => void {
  let isPacing = false;
  let isAsked = false;
  const run = (): void => {
    isPacing = true;
    isAsked = false;
    setTimeout(() => {
      isPacing = false;
      if (isAsked) run();
    }, everyMs);
    work();
  };
  return () => {
    if (isPacing) isAsked = true;
    else run();
  };
}
