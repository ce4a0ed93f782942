import { type HolidayRegion, listCountries, listRegions } from "./official-holidays.ts";

/** The countries whose holidays can be imported, or the regions of one of them. @throws RefusalError `holidays.country_unknown`. */
export const listHolidayRegions = ({ country }: { country: string | null }): Promise<HolidayRegion[]> =>
  country === null ? listCountries() : listRegions(country);
