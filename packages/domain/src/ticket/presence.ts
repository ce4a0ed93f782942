/** How long somebody counts as being at a ticket after their last report. Clients report every ten seconds. */
export const PRESENCE_SECONDS = 30;
