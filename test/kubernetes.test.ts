// The manifests of docs/KUBERNETES.md, held against what the program reads and serves, and against each other.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { inDockerfile, isServed, settingsOf, unread } from './helpers/deployment.js';

interface Container {
  envFrom?: { secretRef: { name: string } }[];
  env?: { name: string; value: string }[];
  ports: { name: string; containerPort: number }[];
  args?: string[];
  resources: { limits?: Record<string, unknown> };
  volumeMounts: { name: string; mountPath: string }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe: Probe;
}

interface Probe {
  httpGet: { path: string; port: string };
}

interface Manifest {
  kind: string;
  metadata: { name: string };
  stringData: Record<string, string>;
  data: Record<string, string>;
  spec: {
    replicas: number;
    serviceName: string;
    maxUnavailable: number;
    selector: Record<string, unknown>;
    ports: { name: string; port: number; targetPort: string }[];
    rules: {
      http: { paths: { path: string; backend: { service: { name: string; port: { name: string } } } }[] };
    }[];
    volumeClaimTemplates: { metadata: { name: string } }[];
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        securityContext: { runAsUser: number; fsGroup: number };
        containers: [Container];
        volumes: { name: string; configMap?: { name: string } }[];
      };
    };
  };
}

const page = readFileSync('docs/KUBERNETES.md', 'utf8');
const documents = parseAllDocuments(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
const manifests = documents.map((document) => document.toJS() as Manifest);

function find(kind: string, name = 'third-umpire'): Manifest {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) {
    throw new Error(`no ${kind} ${name}`);
  }
  return found;
}

const bots = find('StatefulSet');
const pod = bots.spec.template.spec;
const [bot] = pod.containers;
const environment = {
  ...find('Secret').stringData,
  ...Object.fromEntries((bot.env ?? []).map(({ name, value }) => [name, value])),
};
const { THIRD_UMPIRE_CONFIG: configFile = '', ...variables } = environment as Record<string, string>;
const config = find('ConfigMap').data[configFile.split('/').at(-1) ?? ''] ?? '';
const read = () => settingsOf(variables, config);

it('is YAML that says everything once', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

it('gives replicas variables and settings that the program reads', () => {
  const settings = read();
  expect(bot.envFrom).toEqual([{ secretRef: { name: 'third-umpire' } }]);
  expect(unread(variables, config)).toEqual([]);
  expect(pod.volumes).toContainEqual({ name: 'config', configMap: { name: 'third-umpire' } });
  const mount = bot.volumeMounts.find(({ name }) => name === 'config')?.mountPath;
  expect(configFile.startsWith(`${mount}/`)).toBe(true);
  expect([settings.health.host, settings.web.host, settings.slack.mode]).toEqual([
    '0.0.0.0',
    '0.0.0.0',
    'http',
  ]);
});

it('runs as the image does, with its data where the image has them, and its time to end', () => {
  const settings = read();
  const user = Number(inDockerfile(/AS bot[\s\S]*?--uid (\d+)/));
  expect(pod.securityContext).toMatchObject({ runAsUser: user, fsGroup: user });
  const folder = inDockerfile(/THIRD_UMPIRE_DATA_DIR=(\S+)/);
  expect(bot.volumeMounts).toContainEqual({ name: 'data', mountPath: folder });
  expect(bots.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)).toEqual(['data']);
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(settings.bots.graceSeconds + 10);
});

it('looks at ports and pages that are served', async () => {
  const settings = read();
  const port = (name: string) => bot.ports.find((one) => one.name === name)?.containerPort;
  expect([port('slack'), port('console'), port('health')]).toEqual([
    settings.slack.port,
    settings.web.port,
    settings.health.port,
  ]);
  const probes = [bot.startupProbe, bot.livenessProbe, bot.readinessProbe].map((probe) => probe?.httpGet);
  expect(probes.map((probe) => `${probe?.port} ${probe?.path}`)).toEqual([
    'health /livez',
    'health /livez',
    'health /readyz',
  ]);
  for (const probe of probes) {
    expect(await isServed(probe?.path ?? '')).toBe(true);
  }
});

it.each(manifests.filter(({ kind }) => ['Service', 'StatefulSet', 'PodDisruptionBudget'].includes(kind)))(
  'selects pods that are there: $kind $metadata.name',
  ({ kind, spec }) => {
    const wanted = kind === 'Service' ? spec.selector : spec.selector['matchLabels'];
    const owner = manifests.find(
      (one) =>
        one.kind === 'StatefulSet' &&
        JSON.stringify(one.spec.template.metadata.labels) === JSON.stringify(wanted),
    );

    expect(owner).toBeDefined();
    const names = owner?.spec.template.spec.containers[0].ports.map(({ name }) => name);
    for (const { targetPort } of spec.ports ?? []) {
      expect(names).toContain(targetPort);
    }
    if (kind === 'StatefulSet') {
      expect(find('Service', spec.serviceName).spec.selector).toEqual(wanted);
    }
  },
);

it('lets no more than one replica be away at once', () => {
  expect(find('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  expect(bots.spec.replicas).toBe(3);
});

it('leads Slack and people from outside to services that are there', () => {
  for (const { backend, path } of find('Ingress').spec.rules.flatMap(({ http }) => http.paths)) {
    const { ports } = find('Service', backend.service.name).spec;
    expect(ports.map(({ name }) => name)).toContain(backend.service.port.name);
    expect(path).toBe(backend.service.port.name === 'slack' ? '/slack/' : '/');
  }
});

it('names Chroma and each model server as the cluster does, and shares out their places', () => {
  const settings = read();
  const chroma = find('Service', 'chroma').spec.ports[0]?.port;
  expect(settings.secrets.chromaUrl).toBe(`http://chroma:${chroma}`);
  expect(String(chroma)).toBe(inDockerfile(/EXPOSE (\d+)/));

  const llama = find('StatefulSet', 'llama').spec;
  const [server] = llama.template.spec.containers;
  const urls = Array.from(
    { length: llama.replicas },
    (_, n) => `http://llama-${n}.${llama.serviceName}:${server.ports[0]?.containerPort}`,
  );
  expect(settings.secrets.llmBaseUrls).toEqual(urls.map((url) => `${url}/v1`));
  expect(settings.model.openai.servers.map(({ url }) => url)).toEqual(urls);
  const after = (name: string) => Number(server.args?.[server.args.indexOf(name) + 1]);
  const limits = settings.model.openai.servers.map(({ limit = 0 }) => limit);
  for (const limit of limits) {
    expect(limit * bots.spec.replicas).toBeLessThanOrEqual(after('--parallel'));
  }
  expect(settings.bots.concurrent).toBe(limits.reduce((sum, limit) => sum + limit));
  expect(after('--ctx-size') / after('--parallel')).toBeGreaterThanOrEqual(settings.model.contextTokens);
  expect(server.resources.limits).toEqual({ 'nvidia.com/gpu': '1' });
});
