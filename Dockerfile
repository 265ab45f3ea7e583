# Third Umpire in a container: docker build -t third-umpire [--build-arg CUDA=12|none] .
#   CUDA=13    compute capability 7.5 and later (the default)
#   CUDA=12    older ones; a V100 (7.0) needs it
#   CUDA=none  no GPU: answers are quoted, or written by the server of LLM_BASE_URL
# --target chroma builds the Chroma server of compose.yaml. Each image that this starts from is an argument, for mirrors.
ARG CUDA=13
ARG CUDA_13_IMAGE=docker.io/nvidia/cuda:13.1.1-runtime-ubuntu24.04
ARG CUDA_12_IMAGE=docker.io/nvidia/cuda:12.8.1-runtime-ubuntu24.04
ARG DEBIAN_IMAGE=docker.io/library/debian:12-slim
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${CUDA_13_IMAGE} AS base-13
FROM ${CUDA_12_IMAGE} AS base-12
FROM ${DEBIAN_IMAGE} AS base-none

FROM ${NODE_IMAGE} AS node
WORKDIR /app
# An npm configuration of one's own (a mirror) comes in as --secret id=npmrc,src=FILE and stays out of the image.
COPY package.json package-lock.json .npmrc ./

FROM node AS dependencies
RUN apt-get update && apt-get install -y --no-install-recommends binutils
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund
ARG CUDA
# Goes: nine tenths of Chroma's binding, which are symbols for debugging; what other systems, a browser, a compiler or
# another CUDA would load. Vulkan has no driver in these bases. With CUDA 12 the library loads the -cuda-ext package.
RUN cd node_modules && arch=$(node -p process.arch) && \
    strip --strip-unneeded chromadb-js-bindings-linux-*/*.node && \
    find onnxruntime-node/bin -mindepth 3 -maxdepth 3 -not -path "*/linux/$arch" -exec rm -r {} + && \
    find @node-llama-cpp -mindepth 1 -maxdepth 1 -not -name "linux-$arch" -not -name "linux-$arch-cuda*" -exec rm -r {} + && \
    find @photostructure/sqlite/prebuilds -mindepth 1 -maxdepth 1 -not -name "linux-$arch" -exec rm -r {} + && \
    rm -r onnxruntime-web typescript .bin/tsc .bin/tsserver && \
    find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete && \
    case "$CUDA" in \
      13) rm -rf @node-llama-cpp/*-cuda-ext ;; \
      12) rm -f @node-llama-cpp/*-cuda/bins/*/libggml-cuda.so ;; \
      none) rm -rf @node-llama-cpp/*-cuda @node-llama-cpp/*-cuda-ext ;; \
      *) echo "CUDA is $CUDA (allowed: 13, 12, none)" >&2; exit 1 ;; \
    esac
RUN mkdir -p /chroma/node_modules && cd node_modules && \
    cp -r chromadb chromadb-js-bindings-* semver /chroma/node_modules

FROM node AS program
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npx tsc -p tsconfig.build.json --sourceMap false --incremental false && chmod +x dist/cli.js

# Ubuntu's chromium is a snap, which no container runs. Debian's headless shell runs there with the libraries that it was
# built for beside it; only the C and C++ runtimes are the base's own, which must be as new or newer.
FROM base-none AS browser
RUN apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell fonts-dejavu-core
RUN mkdir -p /opt/chromium/lib && cd /opt/chromium && cp -r /usr/lib/chromium/. . && \
    for file in chromium-headless-shell $(find /usr/lib -name 'libsoftokn3.so' -o -name 'libfreeblpriv3.so' -o -name 'libnssckbi.so'); do \
      case "$file" in /*) cp -n "$file" lib ;; esac; \
      ldd "$file" | awk '/=> \//{print $3}'; \
    done | sort -u | grep -vE '/(libc|libm|libdl|libpthread|librt|libresolv|libstdc\+\+|libgcc_s)\.so' | xargs cp -nLt lib && \
    printf '#!/bin/sh\nLD_LIBRARY_PATH=/opt/chromium/lib exec /opt/chromium/chromium-headless-shell "$@"\n' > chromium && \
    chmod +x chromium

# What both images stand on: Node, an init that hands on signals and buries the dead, and a user who may write to /data, and the bot to /snapshots.
FROM base-none AS chroma
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin third-umpire && install -d -o third-umpire -g third-umpire /data
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=dependencies /chroma /app
ENV NODE_ENV=production TZ=UTC
USER third-umpire
WORKDIR /data
VOLUME /data
EXPOSE 8000
# It does not heed SIGTERM in every version.
STOPSIGNAL SIGINT
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8000/api/v2/heartbeat').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "/app/node_modules/chromadb/dist/cli.mjs", "run", "--path", "/data"]
CMD ["--host", "0.0.0.0", "--port", "8000"]

# A volume that replicas share is mounted at /snapshots: a fresh one belongs to whom the folder belongs here.
FROM base-${CUDA} AS bot
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libgomp1 tini && rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin third-umpire && install -d -o third-umpire -g third-umpire /data /snapshots
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=browser /etc/fonts /etc/fonts
COPY --from=browser /usr/share/fonts /usr/share/fonts
COPY --from=browser /opt/chromium /opt/chromium
COPY --from=dependencies /app/node_modules /app/node_modules
COPY package.json /app/
COPY config /app/config
COPY --from=program /app/dist /app/dist
RUN ln -s /opt/chromium/chromium /usr/local/bin/chromium && ln -s /app/dist/cli.js /usr/local/bin/third-umpire
ENV NODE_ENV=production TZ=UTC THIRD_UMPIRE_DATA_DIR=/data
USER third-umpire
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:9465/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "third-umpire"]
CMD ["start"]
