"use strict";
// Passkeys: asks the browser for one, puts what it says into the form's hidden fields and sends the form.
// Without this file the code from the app does the same.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const { passkey: kind, challenge, keys, label } = form.dataset;
  const known = keys.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) }));
  const common = { challenge: bytes(challenge), timeout: 240000, userVerification: "discouraged" };

  const wishes = {
    get: () => ({ ...common, allowCredentials: known }),
    create: () => ({
      ...common,
      rp: { name: label },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: "account", displayName: "account" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      excludeCredentials: known,
      attestation: "none",
      authenticatorSelection: { residentKey: "discouraged", userVerification: "discouraged" },
    }),
  };

  async function ask() {
    const made = await navigator.credentials[kind]({ publicKey: wishes[kind]() });
    const said = made.response;
    const field = form.elements;
    field.client.value = text(said.clientDataJSON);
    field.authenticator.value = text(said.authenticatorData || said.getAuthenticatorData());
    if (kind === "get") {
      field.credential.value = text(made.rawId);
      field.signature.value = text(said.signature);
    }
    form.submit();
  }

  const failed = form.querySelector(".wrong");
  const button = form.querySelector("button");
  form.hidden = false;
  button.addEventListener("click", async () => {
    failed.hidden = true;
    button.disabled = true;
    try {
      await ask();
    } catch {
      failed.hidden = false;
    }
    button.disabled = false;
  });
})();
