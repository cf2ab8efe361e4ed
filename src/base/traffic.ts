// What came from foreign servers, told by the workers that ask them to the page that says so. Only remote.html asks any.

/** Name of the broadcast channel. */
export const TRAFFIC_CHANNEL = 'somascope traffic';

export interface Traffic {
  readonly host: string;
  /** Received since the last message. */
  readonly bytes: number;
}
