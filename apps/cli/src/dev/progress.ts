import { spinner } from "@clack/prompts";

export type Say = (sentence: string) => void;

/** Shows that something silent is under way, then how long it took: a spinner in a terminal, plain lines elsewhere. */
export function step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T> {
  const { isTTY, columns } = process.stdout;
  // A terminal that does not tell its width gets one letter a line from the spinner.
  return isTTY && columns >= 40 ? withSpinner(title, work) : withLines(title, work);
}

async function withSpinner<T>(title: string, work: (say: Say) => Promise<T>): Promise<T> {
  const spin = spinner();
  spin.start(title);
  const seconds = stopwatch();
  try {
    const result = await work((sentence) => spin.message(`${title}: ${sentence}`));
    spin.stop(`${title} (${seconds()})`);
    return result;
  } catch (error) {
    spin.error(title);
    throw error;
  }
}

/** The same for work that prints lines of its own, which a spinner would overwrite. */
export async function withLines<T>(title: string, work: (say: Say) => Promise<T>): Promise<T> {
  console.log(`${title} …`);
  const seconds = stopwatch();
  const result = await work((sentence) => console.log(`  ${sentence}`));
  console.log(`${title}: ready (${seconds()})`);
  return result;
}

function stopwatch(): () => string {
  const start = performance.now();
  return () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
