/**
 * What a provider's token looks like: one of its literal beginnings, then `rest` (the source of a regular expression without
 * nested or unbounded repetition, so that no input makes it slow). The formats are the providers' published ones.
 */
export type SecretRule = {
  readonly id: string;
  readonly title: string;
  readonly starts: readonly string[];
  readonly rest: string;
  /** Shannon bits per character that the rest must have at least; 3 where absent. Weeds out `xxxx…` and `your-key-here`. */
  readonly bits?: number;
  readonly confidence?: 'low';
  /** Characters before the beginning that belong to the token as well. */
  readonly before?: string;
};

const hex = (count: number): string => `[0-9a-fA-F]{${count}}`;
const alnum = (range: string): string => `[A-Za-z0-9]{${range}}`;
const word = (range: string): string => `[\\w-]{${range}}`;

/** Code hosting, package registries, build systems. */
const development: readonly SecretRule[] = [
  {
    id: 'github-token',
    title: 'GitHub token',
    starts: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    rest: alnum('36,255'),
  },
  { id: 'github-token', title: 'GitHub token', starts: ['github_pat_'], rest: '\\w{60,255}' },
  {
    id: 'gitlab-token',
    title: 'GitLab token',
    starts: [
      'glpat-',
      'gldt-',
      'glrt-',
      'glft-',
      'gloas-',
      'glsoat-',
      'glptt-',
      'glcbt-',
      'glimt-',
      'glagent-',
      'glffct-',
    ],
    rest: `[\\w.-]{20,300}`,
  },
  { id: 'npm-token', title: 'npm token', starts: ['npm_'], rest: alnum('36') },
  {
    id: 'pypi-token',
    title: 'PyPI token',
    starts: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBp'],
    rest: word('50,300'),
  },
  { id: 'rubygems-token', title: 'RubyGems token', starts: ['rubygems_'], rest: hex(48) },
  { id: 'nuget-token', title: 'NuGet key', starts: ['oy2'], rest: '[a-z0-9]{43}(?![a-z0-9])', bits: 3.5 },
  { id: 'clojars-token', title: 'Clojars token', starts: ['CLOJARS_'], rest: alnum('60') },
  { id: 'docker-token', title: 'Docker token', starts: ['dckr_pat_', 'dckr_oat_'], rest: word('27,40') },
  { id: 'artifactory-token', title: 'Artifactory key', starts: ['AKCp', 'cmVmd'], rest: alnum('59,69'), bits: 4 },
  { id: 'sonar-token', title: 'Sonar token', starts: ['sqp_', 'squ_', 'sqa_'], rest: hex(40) },
  { id: 'circleci-token', title: 'CircleCI token', starts: ['CCIPAT_', 'CCIPRJ_'], rest: word('40,80') },
  { id: 'buildkite-token', title: 'Buildkite token', starts: ['bkua_'], rest: hex(40) },
  { id: 'sourcegraph-token', title: 'Sourcegraph token', starts: ['sgp_'], rest: `(?:${hex(16)}_|local_)?${hex(40)}` },
  { id: 'postman-key', title: 'Postman key', starts: ['PMAK-'], rest: `${hex(24)}-${hex(34)}` },
  { id: 'sentry-token', title: 'Sentry token', starts: ['sntryu_'], rest: hex(64) },
  { id: 'sentry-token', title: 'Sentry token', starts: ['sntrys_eyJ'], rest: '[\\w+/=-]{80,500}' },
  { id: 'grafana-token', title: 'Grafana token', starts: ['glsa_'], rest: `${alnum('32')}_${hex(8)}` },
  { id: 'grafana-token', title: 'Grafana token', starts: ['glc_eyJ'], rest: '[\\w+/=-]{40,400}' },
  { id: 'newrelic-key', title: 'New Relic key', starts: ['NRAK-'], rest: '[A-Z0-9]{27}' },
  { id: 'dynatrace-token', title: 'Dynatrace token', starts: ['dt0c01.'], rest: '[A-Z0-9]{24}\\.[A-Z0-9]{64}' },
  { id: 'linear-key', title: 'Linear key', starts: ['lin_api_', 'lin_oauth_'], rest: alnum('40,64') },
  { id: 'notion-token', title: 'Notion token', starts: ['ntn_'], rest: `[0-9]{11}${alnum('35')}` },
  { id: 'figma-token', title: 'Figma token', starts: ['figd_', 'figdr_'], rest: word('40,60') },
  { id: 'atlassian-token', title: 'Atlassian token', starts: ['ATATT3x'], rest: '[\\w=-]{150,250}' },
  { id: 'atlassian-token', title: 'Atlassian token', starts: ['ATBB', 'ATCTT3x'], rest: '[\\w=-]{28,250}', bits: 3.5 },
  { id: 'contentful-token', title: 'Contentful token', starts: ['CFPAT-'], rest: word('43') },
  {
    id: 'launchdarkly-key',
    title: 'LaunchDarkly key',
    starts: ['sdk-', 'api-'],
    rest: uuid(),
    bits: 3,
    confidence: 'low',
  },
];

/** Clouds and what runs on them. */
const infrastructure: readonly SecretRule[] = [
  {
    id: 'aws-access-key',
    title: 'AWS access key',
    starts: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    rest: '[A-Z2-7]{16}(?![A-Z0-9])',
  },
  { id: 'aws-bedrock-key', title: 'AWS Bedrock key', starts: ['ABSK'], rest: '[A-Za-z0-9+/]{109,269}={0,2}' },
  { id: 'google-api-key', title: 'Google API key', starts: ['AIza'], rest: word('35') },
  { id: 'google-oauth-secret', title: 'Google OAuth secret', starts: ['GOCSPX-'], rest: word('28') },
  { id: 'google-token', title: 'Google access token', starts: ['ya29.'], rest: word('30,300') },
  { id: 'azure-key', title: 'Azure account key', starts: ['AccountKey='], rest: '[A-Za-z0-9+/]{86}==' },
  { id: 'azure-key', title: 'Azure shared key', starts: ['SharedAccessKey='], rest: '[A-Za-z0-9+/]{43}=' },
  {
    id: 'azure-signature',
    title: 'Azure signature',
    starts: ['&sig=', '?sig='],
    rest: '[A-Za-z0-9%+/]{43,70}(?:=|%3[Dd])',
  },
  { id: 'alibaba-key', title: 'Alibaba Cloud key', starts: ['LTAI'], rest: alnum('16,24') },
  { id: 'tencent-key', title: 'Tencent Cloud key', starts: ['AKID'], rest: alnum('32') },
  { id: 'digitalocean-token', title: 'DigitalOcean token', starts: ['dop_v1_', 'doo_v1_', 'dor_v1_'], rest: hex(64) },
  { id: 'cloudflare-key', title: 'Cloudflare origin key', starts: ['v1.0-'], rest: `${hex(24)}-${hex(146)}` },
  { id: 'databricks-token', title: 'Databricks token', starts: ['dapi'], rest: `${hex(32)}(?:-\\d)?` },
  { id: 'heroku-key', title: 'Heroku key', starts: ['HRKU-AA'], rest: word('58') },
  { id: 'fly-token', title: 'Fly.io token', starts: ['fm2_', 'fm1r_', 'fm1a_'], rest: '[A-Za-z0-9+/]{100,500}={0,3}' },
  { id: 'netlify-token', title: 'Netlify token', starts: ['nfp_'], rest: alnum('36,40') },
  { id: 'supabase-key', title: 'Supabase key', starts: ['sbp_'], rest: hex(40) },
  { id: 'supabase-key', title: 'Supabase key', starts: ['sb_secret_'], rest: word('20,60') },
  {
    id: 'planetscale-token',
    title: 'PlanetScale token',
    starts: ['pscale_tkn_', 'pscale_oauth_', 'pscale_pw_'],
    rest: '[\\w=.-]{32,64}',
  },
  { id: 'pulumi-token', title: 'Pulumi token', starts: ['pul-'], rest: hex(40) },
  { id: 'prefect-key', title: 'Prefect key', starts: ['pnu_'], rest: alnum('36') },
  {
    id: 'doppler-token',
    title: 'Doppler token',
    starts: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'],
    rest: '[\\w.-]{40,70}',
  },
  { id: 'vault-token', title: 'Vault token', starts: ['hvs.', 'hvb.', 'hvr.'], rest: word('90,300') },
  {
    id: 'terraform-token',
    title: 'Terraform token',
    starts: ['.atlasv1.'],
    rest: '[\\w=-]{60,70}',
    before: 'A-Za-z0-9',
  },
  { id: 'onepassword-token', title: '1Password token', starts: ['ops_eyJ'], rest: '[A-Za-z0-9+/]{250,1200}={0,3}' },
  {
    id: 'onepassword-key',
    title: '1Password secret key',
    starts: ['A3-'],
    rest: '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}',
  },
  { id: 'age-key', title: 'age private key', starts: ['AGE-SECRET-KEY-1'], rest: '[0-9A-Z]{58}' },
  { id: 'openshift-token', title: 'OpenShift token', starts: ['sha256~'], rest: word('43') },
];

/** Model providers, messaging, payment. */
const services: readonly SecretRule[] = [
  { id: 'anthropic-key', title: 'Anthropic key', starts: ['sk-ant-'], rest: '[a-z]{3,8}\\d\\d-[\\w-]{60,160}' },
  { id: 'openai-key', title: 'OpenAI key', starts: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], rest: word('40,300') },
  { id: 'openrouter-key', title: 'OpenRouter key', starts: ['sk-or-v1-'], rest: hex(64) },
  {
    id: 'model-provider-key',
    title: 'model provider key',
    starts: ['sk-'],
    rest: `${alnum('32,80')}(?![A-Za-z0-9-])`,
    bits: 3.4,
  },
  { id: 'groq-key', title: 'Groq key', starts: ['gsk_'], rest: alnum('52') },
  { id: 'xai-key', title: 'xAI key', starts: ['xai-'], rest: alnum('70,90') },
  { id: 'perplexity-key', title: 'Perplexity key', starts: ['pplx-'], rest: alnum('48,56') },
  { id: 'huggingface-token', title: 'Hugging Face token', starts: ['hf_', 'api_org_'], rest: alnum('34,40') },
  { id: 'replicate-token', title: 'Replicate token', starts: ['r8_'], rest: alnum('37,40') },
  {
    id: 'slack-token',
    title: 'Slack token',
    starts: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.'],
    rest: '(?=[A-Za-z-]{0,6}\\d)[\\w.-]{20,250}',
    bits: 2.8,
  },
  { id: 'slack-token', title: 'Slack token', starts: ['xapp-'], rest: '\\d-[A-Z0-9]{8,15}-\\d{8,15}-[a-f0-9]{40,80}' },
  {
    id: 'slack-webhook',
    title: 'Slack webhook',
    starts: ['hooks.slack.com/'],
    rest: '(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,60}',
  },
  {
    id: 'discord-webhook',
    title: 'Discord webhook',
    starts: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    rest: '\\d{17,20}/[\\w-]{60,72}',
  },
  {
    id: 'teams-webhook',
    title: 'Teams webhook',
    starts: ['webhook.office.com/webhookb2/'],
    rest: '[\\w@-]{60,90}/IncomingWebhook/[\\w/-]{60,90}',
  },
  { id: 'telegram-token', title: 'Telegram bot token', starts: [':AA'], rest: word('33'), before: '0-9' },
  { id: 'facebook-token', title: 'Facebook token', starts: ['EAAM', 'EAAC', 'EAAG'], rest: alnum('90,250') },
  { id: 'sendgrid-key', title: 'SendGrid key', starts: ['SG.'], rest: '[\\w-]{22}\\.[\\w-]{43}' },
  { id: 'mailgun-key', title: 'Mailgun key', starts: ['key-'], rest: `${hex(32)}(?![0-9a-zA-Z])` },
  { id: 'brevo-key', title: 'Brevo key', starts: ['xkeysib-'], rest: `${hex(64)}-${alnum('16')}` },
  { id: 'twilio-key', title: 'Twilio key', starts: ['SK'], rest: '[0-9a-f]{32}(?![0-9a-zA-Z])', confidence: 'low' },
  {
    id: 'stripe-key',
    title: 'Stripe key',
    starts: ['sk_live_', 'rk_live_', 'sk_prod_', 'rk_prod_'],
    rest: alnum('16,250'),
  },
  {
    id: 'stripe-test-key',
    title: 'Stripe test key',
    starts: ['sk_test_', 'rk_test_'],
    rest: alnum('16,250'),
    confidence: 'low',
  },
  { id: 'stripe-webhook', title: 'Stripe webhook secret', starts: ['whsec_'], rest: '[A-Za-z0-9+/]{32,64}' },
  { id: 'shopify-token', title: 'Shopify token', starts: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], rest: hex(32) },
  { id: 'square-token', title: 'Square token', starts: ['sq0atp-', 'sq0csp-'], rest: word('22,60') },
  { id: 'easypost-key', title: 'EasyPost key', starts: ['EZAK', 'EZTK'], rest: alnum('54') },
  { id: 'shippo-token', title: 'Shippo token', starts: ['shippo_live_'], rest: hex(40) },
  { id: 'razorpay-key', title: 'Razorpay key', starts: ['rzp_live_'], rest: alnum('14,20') },
  { id: 'flutterwave-key', title: 'Flutterwave key', starts: ['FLWSECK-'], rest: '[0-9a-z]{32}-X' },
  { id: 'plaid-token', title: 'Plaid token', starts: ['access-production-'], rest: uuid() },
  {
    id: 'braintree-token',
    title: 'Braintree token',
    starts: ['access_token$production$'],
    rest: '[0-9a-z]{16}\\$[0-9a-f]{32}',
  },
];

/** Every rule of the scan that goes by a literal beginning. */
export const secretRules: readonly SecretRule[] = [...development, ...infrastructure, ...services];

function uuid(): string {
  return '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
}
