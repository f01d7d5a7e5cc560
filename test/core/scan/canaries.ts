/**
 * Made-up credentials, put together when the tests run so that nothing in the repository looks like a real one. Every body
 * that can hold letters begins with CANARY.
 */
export function canaryOf(alphabet: string, length: number): string {
  const marked = Array.from('CANARY').every((letter) => alphabet.includes(letter)) && length > 12 ? 'CANARY' : '';
  let state = 2_654_435_761 ^ length;
  const random = (): number => {
    // xorshift32: the same bodies on every run.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const body = Array.from({ length: length - marked.length }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  );
  return marked + body.join('');
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
export const hex = (length: number): string => canaryOf('0123456789abcdef', length);
export const alnum = (length: number): string => canaryOf(`${lower}${upper}0123456789`, length);
export const caps = (length: number): string => canaryOf(`${upper}0123456789`, length);
export const base32 = (length: number): string => canaryOf(`${upper}234567`, length);
export const small = (length: number): string => canaryOf(`${lower}0123456789`, length);
export const digits = (length: number): string => canaryOf('0123456789', length);
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;

/** One or more credentials for each rule that goes by a literal beginning. */
export const canaryTokens: readonly (readonly [rule: string, token: string])[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((start) => ['github-token', start + alnum(36)] as const),
  ['github-token', `github_pat_${alnum(22)}_${alnum(59)}`],
  ...['glpat-', 'gldt-', 'glrt-', 'glptt-'].map((start) => ['gitlab-token', start + alnum(20)] as const),
  ['npm-token', `npm_${alnum(36)}`],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${alnum(70)}`],
  ['rubygems-token', `rubygems_${hex(48)}`],
  ['nuget-token', `oy2${small(43)}`],
  ['clojars-token', `CLOJARS_${alnum(60)}`],
  ['docker-token', `dckr_pat_${alnum(27)}`],
  ['artifactory-token', `AKCp${alnum(69)}`],
  ['sonar-token', `squ_${hex(40)}`],
  ['circleci-token', `CCIPAT_${alnum(22)}_${hex(40)}`],
  ['buildkite-token', `bkua_${hex(40)}`],
  ['sourcegraph-token', `sgp_${hex(16)}_${hex(40)}`],
  ['postman-key', `PMAK-${hex(24)}-${hex(34)}`],
  ['sentry-token', `sntryu_${hex(64)}`],
  ['sentry-token', `sntrys_eyJ${alnum(120)}_${alnum(43)}`],
  ['grafana-token', `glsa_${alnum(32)}_${hex(8)}`],
  ['grafana-token', `glc_eyJ${alnum(80)}`],
  ['newrelic-key', `NRAK-${caps(27)}`],
  ['dynatrace-token', `dt0c01.${caps(24)}.${caps(64)}`],
  ['linear-key', `lin_api_${alnum(40)}`],
  ['notion-token', `ntn_${digits(11)}${alnum(35)}`],
  ['figma-token', `figd_${alnum(40)}`],
  ['atlassian-token', `ATATT3x${alnum(180)}`],
  ['contentful-token', `CFPAT-${alnum(43)}`],
  ['launchdarkly-key', `sdk-${uuid}`],
  ['aws-access-key', `AKIA${base32(16)}`],
  ['aws-access-key', `ASIA${base32(16)}`],
  ['aws-bedrock-key', `ABSK${alnum(120)}`],
  ['google-api-key', `AIza${alnum(35)}`],
  ['google-oauth-secret', `GOCSPX-${alnum(28)}`],
  ['google-token', `ya29.${alnum(120)}`],
  ['azure-key', `AccountKey=${alnum(86)}==`],
  ['azure-key', `SharedAccessKey=${alnum(43)}=`],
  ['azure-signature', `?sig=${alnum(43)}%3D`],
  ['alibaba-key', `LTAI${alnum(20)}`],
  ['tencent-key', `AKID${alnum(32)}`],
  ['digitalocean-token', `dop_v1_${hex(64)}`],
  ['cloudflare-key', `v1.0-${hex(24)}-${hex(146)}`],
  ['databricks-token', `dapi${hex(32)}`],
  ['heroku-key', `HRKU-AA${alnum(58)}`],
  ['fly-token', `fm2_${alnum(160)}`],
  ['netlify-token', `nfp_${alnum(36)}`],
  ['supabase-key', `sbp_${hex(40)}`],
  ['supabase-key', `sb_secret_${alnum(31)}`],
  ['planetscale-token', `pscale_tkn_${alnum(43)}`],
  ['pulumi-token', `pul-${hex(40)}`],
  ['prefect-key', `pnu_${alnum(36)}`],
  ['doppler-token', `dp.pt.${alnum(43)}`],
  ['vault-token', `hvs.${alnum(95)}`],
  ['terraform-token', `${alnum(14)}.atlasv1.${alnum(67)}`],
  ['onepassword-token', `ops_eyJ${alnum(300)}`],
  ['onepassword-key', `A3-${caps(6)}-${caps(11)}-${caps(5)}-${caps(5)}-${caps(5)}`],
  ['age-key', `AGE-SECRET-KEY-1${caps(58)}`],
  ['openshift-token', `sha256~${alnum(43)}`],
  ['anthropic-key', `sk-ant-api03-${alnum(93)}AA`],
  ['openai-key', `sk-proj-${alnum(74)}T3BlbkFJ${alnum(74)}`],
  ['openrouter-key', `sk-or-v1-${hex(64)}`],
  ['model-provider-key', `sk-${alnum(48)}`],
  ['groq-key', `gsk_${alnum(52)}`],
  ['xai-key', `xai-${alnum(80)}`],
  ['perplexity-key', `pplx-${alnum(48)}`],
  ['huggingface-token', `hf_${alnum(34)}`],
  ['replicate-token', `r8_${alnum(37)}`],
  ['slack-token', `xoxb-${digits(12)}-${digits(12)}-${alnum(24)}`],
  ['slack-token', `xapp-1-${caps(11)}-${digits(13)}-${hex(64)}`],
  ['slack-webhook', `https://hooks.slack.com/services/T${caps(9)}/B${caps(9)}/${alnum(24)}`],
  ['discord-webhook', `https://discord.com/api/webhooks/${digits(18)}/${alnum(68)}`],
  ['teams-webhook', `https://corp.webhook.office.com/webhookb2/${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}`],
  ['telegram-token', `${digits(10)}:AA${alnum(33)}`],
  ['facebook-token', `EAAC${alnum(120)}`],
  ['sendgrid-key', `SG.${alnum(22)}.${alnum(43)}`],
  ['mailgun-key', `key-${hex(32)}`],
  ['brevo-key', `xkeysib-${hex(64)}-${alnum(16)}`],
  ['twilio-key', `SK${hex(32)}`],
  ['stripe-key', `sk_live_${alnum(24)}`],
  ['stripe-test-key', `sk_test_${alnum(24)}`],
  ['stripe-webhook', `whsec_${alnum(32)}`],
  ['shopify-token', `shpat_${hex(32)}`],
  ['square-token', `sq0atp-${alnum(22)}`],
  ['easypost-key', `EZAK${alnum(54)}`],
  ['shippo-token', `shippo_live_${hex(40)}`],
  ['razorpay-key', `rzp_live_${alnum(14)}`],
  ['flutterwave-key', `FLWSECK-${small(32)}-X`],
  ['plaid-token', `access-production-${uuid}`],
  ['braintree-token', `access_token$production$${small(16)}$${hex(32)}`],
];
