// Answers for the page of a site visit while the server does not: with the page as it was stored when it was open last.
"use strict";
const PARTS = new Set(["style", "script", "image"]);
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isPage = request.mode === "navigate";
  if (request.method !== "GET" || !(isPage || PARTS.has(request.destination))) return;
  const stored = () => caches.match(new URL(request.url).pathname, { ignoreVary: true });
  event.respondWith(
    fetch(request).then(
      async (answer) => (answer.status >= 500 && await stored()) || answer,
      async () => await stored() || Response.error(),
    ),
  );
});
