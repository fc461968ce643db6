// A certified OpenID provider for the tests: `node issuer.mjs '{"now": …, "clients": […], "claims": […]}'`.
//
// It says "ready" and its address on a line when it listens, and ends when nobody listens to it any more. Its clock
// stands at `now` (milliseconds). It signs in whoever names one of its `people`, and puts their `claims` into its id
// tokens. POST /control adds `people`, and changes what it does from now on: `skew` (milliseconds that its clock is
// off), `altered` (put on top of every id token), `alg` (how that is signed), `key` (the name of a new one to sign
// with). Each answer says how often each of its endpoints was asked.

import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, decodeJwt } from "jose";
import { Provider } from "oidc-provider";

const { now, clients, claims } = JSON.parse(process.argv[2]);
const [asked, people] = [{}, {}];
let doing = { skew: 0 };
Date.now = () => now + doing.skew;

async function newKey(kid) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { kid, privateKey, public: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

let key = await newKey("first");

const server = createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: clients.map((client) => ({ id_token_signed_response_alg: "ES256", ...client })),
  jwks: { keys: [{ ...(await exportJWK(key.privateKey)), ...key.public, d: (await exportJWK(key.privateKey)).d }] },
  claims: { openid: ["sub", ...claims] },
  conformIdTokenClaims: false,
  cookies: { keys: ["a key that only the tests know"] },
  pkce: { required: () => true },
  ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 3600, Grant: 3600, Session: 3600 },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

// The provider's own pages ask for no second factor, so what it says of the way people came in is put in here; and so
// is what no honest provider says. It is signed with its own key all the same.
async function altered(token) {
  const said = decodeJwt(token);
  const { acr, amr } = people[said.sub];
  const claims = { ...said, acr, amr, ...doing.altered };
  if (doing.alg === "none") return new UnsecuredJWT(claims).encode();
  const secret = new TextEncoder().encode(clients[0].client_secret);
  const [alg, signer] = doing.alg === "HS256" ? ["HS256", secret] : ["ES256", key.privateKey];
  return new SignJWT(claims).setProtectedHeader({ alg, kid: key.kid }).sign(signer);
}

provider.use(async (ctx, next) => {
  await next();
  const route = ctx.oidc?.route;
  asked[route] = (asked[route] ?? 0) + 1;
  if (route === "token" && ctx.body?.id_token) ctx.body.id_token = await altered(ctx.body.id_token);
  if (route === "jwks") ctx.body = { keys: [key.public] };
});

async function control(request, response) {
  const chunks = await request.toArray();
  if (chunks.length) doing = { skew: 0, ...JSON.parse(Buffer.concat(chunks)) };
  if (doing.key) key = await newKey(doing.key);
  Object.assign(people, doing.people);
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(asked));
}

const answer = provider.callback();
server.on("request", (request, response) =>
  request.url === "/control" ? control(request, response) : answer(request, response),
);
process.stdin.resume().on("end", () => process.exit());
console.log(`ready ${issuer}`);
