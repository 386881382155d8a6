/**
 * The cities a person can say they are in, as no browser here is asked for its true position.
 */

import { el } from "./dom.js";
import { icon } from "./icons.js";

const NEAR_DEGREES = 0.5;

export const PLACES = [
  { city: "Berlin", country: "Germany", zone: "Europe/Berlin", latitude: 52.52, longitude: 13.405 },
  { city: "London", country: "United Kingdom", zone: "Europe/London", latitude: 51.5074, longitude: -0.1278 },
  { city: "Kolkata", country: "India", zone: "Asia/Kolkata", latitude: 22.5726, longitude: 88.3639 },
  { city: "Singapore", country: "Singapore", zone: "Asia/Singapore", latitude: 1.3521, longitude: 103.8198 },
  { city: "Tokyo", country: "Japan", zone: "Asia/Tokyo", latitude: 35.6762, longitude: 139.6503 },
  { city: "Sydney", country: "Australia", zone: "Australia/Sydney", latitude: -33.8688, longitude: 151.2093 },
  { city: "Lagos", country: "Nigeria", zone: "Africa/Lagos", latitude: 6.5244, longitude: 3.3792 },
  { city: "São Paulo", country: "Brazil", zone: "America/Sao_Paulo", latitude: -23.5505, longitude: -46.6333 },
  { city: "New York", country: "United States", zone: "America/New_York", latitude: 40.7128, longitude: -74.006 },
  { city: "San Francisco", country: "United States", zone: "America/Los_Angeles", latitude: 37.7749, longitude: -122.4194 },
];

/** The name of a listed city at these coordinates; null where there is none. */
export function nearestPlace(latitude, longitude) {
  const near = (place) =>
    Math.abs(place.latitude - latitude) < NEAR_DEGREES && Math.abs(place.longitude - longitude) < NEAR_DEGREES;
  return PLACES.find(near)?.city ?? null;
}

/** Rows of a chooser: one button for each city with its present time; `onChoose(place)` on a press. */
export function placeRows(clock, onChoose) {
  return PLACES.map((place) =>
    el(
      "button",
      {
        type: "button", class: "place", dataset: { testid: "place", city: place.city },
        on: { click: () => onChoose(place) },
      },
      el("span", { class: "place-pin" }, icon("pin")),
      el("span", { class: "place-words" }, el("strong", { text: place.city }), el("span", { text: place.country })),
      el("span", { class: "place-time", text: clock.timeIn(place.zone) }),
    ),
  );
}
