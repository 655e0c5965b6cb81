"use strict";
// Passkeys: asks the browser for one, puts what it says into the form's hidden fields and sends the form.
// Without this file the code from the app, or name and passphrase, do the same.
(() => {
  const box = document.querySelector("[data-passkey]");
  const Keys = window.PublicKeyCredential;
  if (!box || !Keys) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const form = box.closest("form"), field = form.elements;
  const { passkey: kind, keys = "", label } = box.dataset;
  // One that opens an account by itself brings what the device alone knows, always for the same question.
  const alone = "alone" in box.dataset;
  const asked = { prf: { eval: { first: new TextEncoder().encode("what opens the account by itself") } } };
  const known = keys.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) }));
  const userVerification = alone ? "required" : "discouraged";
  const common = { timeout: 240000, userVerification, ...(alone && { extensions: asked }) };

  const wishes = {
    get: () => ({ allowCredentials: known }),
    create: () => ({
      rp: { name: label },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: "account", displayName: "account" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      excludeCredentials: known,
      attestation: "none",
      authenticatorSelection: {
        residentKey: alone ? "required" : "discouraged", requireResidentKey: alone, userVerification,
      },
    }),
  };

  const said = (what) => box.querySelector(`[data-${what}]`);
  // A key was made or used, and its device keeps no secret for us: nothing is wrong, it only cannot be done here.
  class Cannot extends Error {}

  const given = (made) => made.getClientExtensionResults().prf?.results?.first;

  async function secret(made) {
    if (given(made) || kind === "get") return given(made);
    if (!made.getClientExtensionResults().prf?.enabled) return null;
    // Most devices give it only when the new key is used: it is asked for once, and its signature is not needed.
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const publicKey = { ...common, challenge, allowCredentials: [{ type: "public-key", id: made.rawId }] };
    return given(await navigator.credentials.get({ publicKey }));
  }

  async function ask() {
    const challenge = bytes(box.dataset.challenge || field.challenge.value);
    const made = await navigator.credentials[kind]({ publicKey: { ...common, ...wishes[kind](), challenge } });
    const answer = made.response;
    if (alone) {
      const held = await secret(made);
      if (!held) throw new Cannot();
      field.prf.value = text(held);
    }
    field.client.value = text(answer.clientDataJSON);
    field.authenticator.value = text(answer.authenticatorData || answer.getAuthenticatorData());
    if (kind === "get") {
      field.credential.value = text(made.rawId);
      field.signature.value = text(answer.signature);
    }
    form.submit();
  }

  const failed = said("failed"), cannot = said("cannot");
  const button = box.querySelector("button");
  button.addEventListener("click", async () => {
    failed.hidden = true;
    if (cannot) cannot.hidden = true;
    button.disabled = true;
    try {
      await ask();
    } catch (trouble) {
      (trouble instanceof Cannot ? cannot : failed).hidden = false;
    }
    button.disabled = false;
  });

  async function show() {
    const can = alone && (await Keys.getClientCapabilities?.());
    box.hidden = can?.["extension:prf"] === false;
    // A browser that does not say what it can do is asked to try, and its person told that it may not work.
    if (alone && !can) said("unsure").hidden = false;
  }
  show();
})();
