// Checks the DKIM signatures of a letter on standard input; the first argument is JSON: names of TXT records and texts.
import { readFileSync } from "node:fs";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";

const records = JSON.parse(process.argv[2]);
const resolver = async (name, type) => {
  if (type === "TXT" && records[name]) return [[records[name]]];
  throw Object.assign(new Error(`no ${type} record of ${name}`), { code: "ENOTFOUND" });
};
const { results } = await dkimVerify(readFileSync(0), { resolver });
console.log(
  JSON.stringify(
    results.map((one) => ({
      result: one.status.result,
      aligned: one.status.aligned,
      domain: one.signingDomain,
      over: one.signingHeaders?.keys ?? "",
    })),
  ),
);
