# Caravan with MongoDB and Redis support. Settings come from the environment; nothing secret is in the image.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /caravan
COPY requirements.lock requirements-dev.lock ./
# The second lock pins the optional parts to versions that were tested together with the first.
RUN pip install --no-deps -r requirements.lock \
    && pip install -c requirements-dev.lock pymongo redis

COPY app.py ./
COPY bot bot
COPY channels channels
COPY personas personas
COPY marketplace marketplace
COPY booking booking
COPY payments payments

RUN python -m compileall -q . \
    && useradd --system --uid 10001 --home-dir /data --create-home caravan
USER caravan
ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
CMD ["python", "app.py"]
