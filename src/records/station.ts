/** What is known of a station beside its soundings. */

/** What is known of a station from the source's inventory; missing numbers NaN, missing texts ''. */
export interface StationEntry {
  id: string;
  /** Degrees; NaN for a mobile station. */
  latitude: number;
  longitude: number;
  /** Metres above sea level. */
  elevation: number;
  name: string;
  mobile: boolean;
}

/** How the source's own id becomes the CDM's primary id. */
export interface StationIdentity {
  /** `primary_station_id`. */
  primaryId: string;
  /** Code of the CDM table `id_scheme`. */
  primaryScheme: number;
  /** The source's own id, where it differs from the primary one. */
  secondaryId: string | null;
  secondaryScheme: number;
  /** Code of the CDM table `platform_type`, null where the id does not tell. */
  platformType: number | null;
}
