/** The name of a policy file, in every folder. */
export const policyFileName = '.ringfence.jsonc';

/** The text of a new policy file: valid as it stands, with every section explained. */
export const starterPolicy = `{
  // What may leave this machine, and how far. Commit this file and review changes to it like code.
  //   "cloud"      anywhere
  //   "perimeter"  servers that your organisation runs and that you have named as such
  //   "device"     this machine alone
  //   "none"       no model at all, not even a local one
  "version": 1,

  // For files that no rule matches. Rules only ever narrow this.
  "reach": "cloud",

  // Patterns as in .gitignore: "*.pem" anywhere, "/src/secret/" from this folder, a folder means all that is in it.
  // Credentials and keys (.env, *.pem, id_rsa, .ssh/ …) stay on this machine without a rule.
  "rules": [
    {
      "id": "internal-documents",
      "files": ["/internal/", "*.confidential.*"],
      "reach": "device",
      "reason": "written for this company only",
      // "confirm": a person may send an exact preview after all. "never": nobody may.
      "declassify": "never"
    }
  ],

  // What a rule should let through after all. Only rules of this file can be named, and both a reason and a last day
  // ("never" for none) are needed.
  "exceptions": [
    // { "id": "public-faq", "of": "internal-documents", "files": ["/internal/faq.md"],
    //   "reason": "published on our site", "expires": "2030-12-31" }
  ],

  // Text without a file.
  "unlabelled": { "typed": "cloud", "untitled": "device", "clipboard": "device", "terminal": "device", "tool": "device" },

  "cloud": {
    // "backends": ["openrouter"], "models": ["openrouter/qwen/*"], "upstreams": ["Mistral"], "monthlyBudgetUsd": 20,
    "dataCollection": "deny",
    "retention": "allow",
    "onOutage": "ask"
  },

  // "off", "warn", "redact" or "block", on the final text before it leaves this machine.
  "scan": { "secrets": "block", "values": "block", "pii": "off" },

  // "required": without a record of each request there is no cloud.
  "ledger": { "required": false, "identity": "none" }
}
`;
