# One recipe for every service: docker build --file deploy/service.Dockerfile --build-arg SERVICE=downtimes .
# There is no build step: the copied sources run as they are. Node strips types only outside node_modules, so an image is a part of the
# workspace: the service, the packages it imports, and what those install.
FROM node:24-bookworm-slim AS source
WORKDIR /plantops
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages packages
COPY services services

# Only these files decide what is installed, so a changed line of code does not repeat the installation.
FROM source AS manifests
RUN find packages services -mindepth 2 -maxdepth 2 ! -name package.json -exec rm -r {} +

# Downloaded once for all images.
FROM node:24-bookworm-slim AS fetched
RUN npm install --global pnpm@12
WORKDIR /plantops
COPY --from=manifests /plantops ./
RUN pnpm install --prod --frozen-lockfile --filter-prod "{services/*}..." --filter-prod "@plantops/operations..." \
 && rm -r node_modules packages/*/node_modules services/*/node_modules

FROM fetched AS assembled
ARG SERVICE
RUN pnpm install --offline --prod --frozen-lockfile --filter-prod "@plantops/$SERVICE..." \
 && pnpm --filter-prod "@plantops/$SERVICE..." list --depth -1 --parseable > /projects \
 && for project in packages/* services/*; do grep -qx "$PWD/$project" /projects || rm -r "$project"; done
COPY --from=source /plantops /source
RUN while read -r project; do cp -R "/source${project#$PWD}/src" "$project/src"; done < /projects

FROM node:24-bookworm-slim
ARG SERVICE
# The folder of the workspace that contains it: `packages` for the jobs that create secrets, databases and streams.
ARG FOLDER=services
# Directories where volumes are mounted: a new volume gets the owner of the directory.
ARG MOUNT_POINTS=/run/secrets
RUN mkdir -p $MOUNT_POINTS && chown node:node $MOUNT_POINTS
COPY --from=assembled /plantops /plantops
WORKDIR /plantops/$FOLDER/$SERVICE
ENV NODE_ENV=production NODE_OPTIONS=--conditions=@plantops/source PLANTOPS_SECRETS_DIR=/run/secrets PLANTOPS_HEALTH_PORT=8081
USER 1000:1000
HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=6 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PLANTOPS_HEALTH_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Last, because a new value makes a new image of the same code.
ARG REVISION=unknown
LABEL org.opencontainers.image.revision=$REVISION
CMD ["node", "src/main.ts"]
