"""The diagrams of the seed documents as the drawing room's models: their words as they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from statusgen.draw.ladder import chained
from statusgen.draw.model import (
    Amount,
    ArchGroup,
    Architecture,
    ArchNode,
    BeforeAfter,
    BeforeAfterRow,
    CostChart,
    CostStage,
    DecisionTree,
    Edge,
    Growth,
    GrowthBand,
    GrowthPoint,
    GrowthSeries,
    Ladder,
    LadderItem,
    LadderStage,
    Timeline,
    TimelineRow,
    TreeBranch,
    TreeNode,
    Verdict,
)

_STAGES = (
    ("Essential Setup", "Current", "$0–50", "$0", "ok", "in range"),
    ("Basic Growth", "50+ users", "$100–200", "$43", "bad", "$57 not itemised"),
    ("Scaling Phase", "200+ users", "$300–500", "$422", "ok", "in range"),
    ("Production Hardening", "500+ users", "$800–1,000", "$790", "bad", "$10 not itemised"),
    ("Enterprise Ready", "1000+ users", "$2,000–3,000", "$1,589", "bad", "$411 not itemised"),
)
_ITEMS = (
    (
        ("Error Tracking", "Sentry", "Day 1", "free"),
        ("Performance Monitoring", "Vercel Analytics", "Day 1", "included"),
        ("Cost Monitoring", "OpenAI Usage Dashboard", "Day 1", "free"),
    ),
    (
        ("Log Management", "LogTail", "Week 2", "$19"),
        ("Uptime Monitoring", "Better Stack (Better Uptime)", "Week 2", "$24"),
        ("Security Scanning", "GitHub Advanced Security", "Week 3", "included"),
    ),
    (
        ("APM (Application Performance Monitoring)", "DataDog", "Month 2", "$15/host"),
        ("Database Monitoring", "PGanalyze", "Month 2", "$79"),
        ("API Gateway", "Kong Cloud", "Month 3", "$150"),
    ),
    (
        ("Infrastructure Monitoring", "Grafana Cloud", "Month 4", "$120"),
        ("Load Testing", "K6 Cloud", "Month 4", "$149"),
        ("Status Page", "Statuspage", "Month 4", "$99"),
    ),
    (
        ("DDoS Protection", "Cloudflare", "Month 6", "$200"),
        ("Compliance Monitoring", "AWS Security Hub", "Month 6", "usage-based"),
        ("Backup Management", "Ottomatik", "Month 6", "$99"),
    ),
)


def _ladder() -> Ladder:
    stages = []
    for number, ((name, note, stated, listed, symbol, words), items) in enumerate(
        zip(_STAGES, _ITEMS, strict=True), 1
    ):
        stages.append(
            LadderStage(
                id=f"stage-{number}",
                name=name,
                note=note,
                progress="now" if number == 1 else "planned",
                stated=stated,
                itemised=listed,
                verdict=Verdict("ok" if symbol == "ok" else "bad", words),
                href=f"stage-{number}/",
                items=tuple(
                    LadderItem(
                        id=f"s{number}-{place}",
                        name=item,
                        detail=product,
                        when=when,
                        price=price,
                        href=f"stage-{number}/#s{number}-{place}",
                        progress="done" if number == 1 else "planned",
                    )
                    for place, (item, product, when, price) in enumerate(items)
                ),
            )
        )
    every = tuple(stages)
    edges = tuple(
        Edge(e.source, e.target, critical=e.source.startswith("stage")) for e in chained(every)
    )
    return Ladder(title="Smart service integration: stages", stages=every, edges=edges)


LADDER = _ladder()

_COSTS = ((0, 50, 0, 0), (100, 200, 0, 43), (300, 500, 43, 379), (800, 1000, 422, 368))


def _cost_stage(number: int, low: int, high: int, carried: int, added: int) -> CostStage:
    return CostStage(
        name=_STAGES[number][0],
        note=_STAGES[number][1],
        stated=Amount(Decimal(low), Decimal(high)),
        carried=Amount.exactly(carried),
        added=Amount.exactly(added),
        href=f"stage-{number + 1}/",
    )


COSTS = CostChart(
    title="Cost per stage: stated and itemised",
    stages=tuple(
        _cost_stage(number, *figures)
        for number, figures in enumerate((*_COSTS, (2000, 3000, 790, 799)))
    ),
)

_BILL = (
    ("Compute", 70, 14, "AWS EC2 (2× t3.medium)", "Fly.io (2× VMs)"),
    ("Database", 50, 25, "AWS RDS PostgreSQL (db.t3.small)", "Supabase Pro (PostgreSQL)"),
    ("Cache", 50, 10, "AWS ElastiCache Redis", "Upstash Redis"),
    ("Storage", 30, 5, "AWS S3 + CloudFront", "Cloudflare R2 (storage)"),
    ("Monitoring", 100, 7, "Datadog", "Fly.io (monitoring VM)"),
    ("Error tracking", 80, None, "Sentry", ""),
    ("Email", 80, 0, "SendGrid", "Resend.com (email)"),
    ("Newsletters", 350, 7, "Mailchimp", "Fly.io (Listmonk VM)"),
    ("Workflows", 49, 7, "Zapier", "Fly.io (n8n VM)"),
    ("Uptime", 58, None, "UptimeRobot", ""),
    ("Analytics database", None, 50, "", "ClickHouse Cloud"),
    ("Web analytics", None, 7, "", "Fly.io (Umami VM)"),
    ("Backups", None, 1, "", "Backblaze B2 (backups)"),
)

BEFORE_AFTER = BeforeAfter(
    title="Traditional stack and ultra-lean stack",
    before_name="Traditional",
    after_name="Ultra-lean",
    stated_before=Decimal(917),
    stated_after=Decimal(133),
    rows=tuple(
        BeforeAfterRow(
            name=name,
            before=None if old is None else Decimal(old),
            after=None if new is None else Decimal(new),
            before_name=was,
            after_name=becomes,
        )
        for name, old, new, was, becomes in _BILL
    ),
)


def _leaf(text: str, href: str = "") -> TreeNode:
    return TreeNode(text=text, href=href)


def _spine(questions: tuple[tuple[str, str], ...], default: str) -> TreeNode:
    node = TreeNode(text=default, note="recommended")
    for question, answer in reversed(questions):
        node = TreeNode(
            text=question,
            branches=(TreeBranch("yes", _leaf(answer, "#x")), TreeBranch("no", node)),
        )
    return node


TREES = (
    DecisionTree(
        title="Choosing Backend",
        root=_spine(
            (
                ("Are you a Python shop?", "FastAPI"),
                ("Do you need enterprise patterns?", "NestJS"),
                ("Is it a simple CRUD app?", "API-less (Supabase)"),
            ),
            "FastAPI",
        ),
    ),
    DecisionTree(
        title="Choosing Database",
        root=_spine(
            (
                ("Need built-in auth?", "Supabase"),
                ("Need full control?", "PostgreSQL + JWT"),
                ("Mobile-first?", "Firebase"),
            ),
            "PostgreSQL + JWT",
        ),
    ),
)

_WINDOWS = (
    (
        "Week 1",
        0,
        0.25,
        ("Set up Sentry", "Configure Vercel Analytics", "Enable OpenAI usage alerts"),
    ),
    (
        "Week 2-4",
        0.25,
        1,
        ("Implement LogTail", "Configure Better Stack", "Enable GitHub security features"),
    ),
    ("Month 2-3", 1, 3, ("Deploy DataDog APM", "Set up PGanalyze", "Implement Kong Gateway")),
    ("Month 4-6", 3, 6, ("Configure Grafana Cloud", "Set up K6 testing", "Launch status page")),
    (
        "Month 6+",
        5,
        None,
        ("Enable Cloudflare protection", "Implement AWS Security Hub", "Set up Ottomatik backups"),
    ),
)

TIMELINE = Timeline(
    title="Integration timeline",
    unit="month",
    today=0.6,
    rows=tuple(
        TimelineRow(
            id=f"w{number}-{place}",
            name=step,
            start=start,
            end=end,
            when=window,
            group=window,
            progress="done" if number == 0 else "now" if number == 1 else "planned",
            href="#x",
        )
        for number, (window, start, end, steps) in enumerate(_WINDOWS)
        for place, step in enumerate(steps)
    ),
)

PHASES = Timeline(
    title="Infrastructure migration, week by week",
    unit="week",
    rows=(
        TimelineRow(id="p1", name="Core Infrastructure Migration", start=0, end=2, when="Week 1-2"),
        TimelineRow(id="p2", name="Monitoring & Observability", start=2, end=3, when="Week 3"),
        TimelineRow(id="p3", name="Marketing & Automation", start=3, end=4, when="Week 4"),
        TimelineRow(id="p4", name="Status & Uptime", start=3, end=4, when="Week 4"),
        TimelineRow(id="p5", name="Privacy-First Analytics", start=4, end=5, when="Week 5"),
        TimelineRow(id="n1", name="Marketing Infrastructure", start=5, end=7, when="Week 6-7"),
        TimelineRow(id="n2", name="Growth Features", start=7, end=10, when="Week 8-10"),
        TimelineRow(id="n3", name="DevOps Automation", start=10, end=12, when="Week 11-12"),
        TimelineRow(id="n4", name="Intelligence", start=12, end=14, when="Week 13-14"),
        TimelineRow(id="n5", name="Launch Preparation", start=14, end=16, when="Week 15-16"),
    ),
    edges=(Edge("p1", "p2", critical=True), Edge("p2", "p3"), Edge("p4", "p5"), Edge("p5", "n1")),
)

GROWTH = Growth(
    title="Cost over time",
    end=8,
    series=(
        GrowthSeries(
            "itemised",
            tuple(
                GrowthPoint(float(at), Amount.exactly(value), f"Month {at + 1}", "Something begins")
                for at, value in ((0, 0), (1, 43), (2, 422), (4, 790), (6, 1589))
            ),
        ),
        GrowthSeries(
            "invoiced",
            tuple(
                GrowthPoint(number / 30, Amount.exactly(Decimal(number * number) / 50))
                for number in range(180)
            ),
        ),
    ),
    bands=tuple(
        GrowthBand(float(at), Amount(Decimal(low), Decimal(high) if high else None))
        for at, low, high in (
            (0, 0, 50),
            (1, 100, 200),
            (2, 300, 500),
            (4, 800, 1000),
            (6, 2000, 0),
        )
    ),
)

FALLING = Growth(
    title="A move",
    end=6,
    unit="week",
    before=Amount.exactly(917),
    series=(
        GrowthSeries(
            "paid per month",
            tuple(
                GrowthPoint(float(at), Amount.exactly(value))
                for at, value in ((0, 1016), (2, 853), (3, 687), (4, 237), (5, 133))
            ),
        ),
    ),
)

RANGED = Growth(
    title="What it may come to",
    end=739_600.0,
    unit="date",
    series=(
        GrowthSeries(
            "paid per month",
            (
                GrowthPoint(739_300.0, Amount(Decimal(10), Decimal(30))),
                GrowthPoint(739_301.0, Amount(Decimal(12), Decimal(35))),
                GrowthPoint(739_420.0, Amount(Decimal(40), Decimal(90))),
                GrowthPoint(739_550.0, Amount(Decimal(60), None)),
            ),
        ),
    ),
)

GROWTHS = (GROWTH, FALLING, RANGED)

DATES = Timeline(
    title="The same migration with dates",
    unit="date",
    today=float(date(2026, 11, 27).toordinal()),
    rows=tuple(
        TimelineRow(
            id=row.id,
            name=row.name,
            start=date(2026, 11, 2).toordinal() + 7 * row.start,
            end=None if row.end is None else date(2026, 11, 2).toordinal() + 7 * row.end,
            when=row.when,
            progress="done" if row.id == "p1" else "late" if row.id == "p2" else "planned",
        )
        for row in PHASES.rows
    ),
)

DEEP_TREE = DecisionTree(
    title="A tree with branches on both sides",
    root=TreeNode(
        text="Is the team larger than one?",
        branches=(
            TreeBranch("yes, and it grows", TREES[0].root),
            TreeBranch(
                "yes, and it stays as it is for the years that we can foresee", TREES[1].root
            ),
            TreeBranch("no", _leaf("Micro")),
        ),
    ),
)

GRAFANA = Architecture(
    title="Grafana stack",
    direction="right",
    nodes=(
        ArchNode(id="backend", name="Backend VMs", lines=("(Express.js)",)),
        ArchNode(id="console", name="Console VMs", lines=("(Next.js)",)),
        ArchNode(id="prometheus", name="Prometheus", lines=("(scraper)",)),
        ArchNode(id="loki", name="Loki", lines=("(log store)",)),
        ArchNode(id="grafana", name="Grafana", lines=("(UI)",), href="#grafana"),
    ),
    edges=(
        Edge("backend", "prometheus", "metrics"),
        Edge("console", "loki", "logs"),
        Edge("prometheus", "grafana", "query"),
        Edge("loki", "grafana", "query"),
    ),
)

CURRENT = Architecture(
    title="Current architecture",
    nodes=(
        ArchNode(id="users", name="USERS (Nigeria)"),
        ArchNode(id="meta", name="Meta Webhook", lines=("→ api.suoops.com",)),
        ArchNode(id="vercel", name="Vercel (US-East)", lines=("suoops.com", "support.suoops.com")),
        ArchNode(
            id="api",
            name="FastAPI (web)",
            lines=("Gunicorn 1w/2t", "Starter (512MB)"),
            group="render",
            href="/components/api/",
            verdict=Verdict("ok", "99.98 %"),
        ),
        ArchNode(
            id="worker",
            name="Celery Worker",
            lines=("concurrency=1", "Starter (512MB)"),
            group="render",
        ),
        ArchNode(id="redis", name="Redis", lines=("(broker + cache)",), group="render"),
        ArchNode(
            id="pg",
            name="PostgreSQL 16 (Starter)",
            lines=("No connection pooling · No replicas",),
            group="render",
        ),
    ),
    groups=(ArchGroup(id="render", name="Render (Oregon, US)"),),
    edges=(
        Edge("users", "meta", "WhatsApp Cloud API"),
        Edge("users", "vercel", "HTTPS (browser)"),
        Edge("meta", "render"),
        Edge("vercel", "render"),
        Edge("api", "pg"),
        Edge("worker", "pg"),
    ),
    rows=(("users",), ("meta", "vercel"), ("render",), ("api", "worker", "redis"), ("pg",)),
)

STAGE_3 = Architecture(
    title="Stage 3: production-grade architecture",
    nodes=(
        ArchNode(
            id="edge",
            name="Cloudflare (Edge)",
            lines=("WAF · DDoS · Rate Limiting · Edge Cache · Nigerian PoPs",),
        ),
        ArchNode(
            id="api",
            name="ECS Fargate (API)",
            lines=("Auto-scaling: 2–10 tasks", "Rolling deploy (0 downtime)", "Health-check gated"),
            group="aws",
        ),
        ArchNode(
            id="worker",
            name="ECS Fargate (Worker)",
            lines=("Auto-scaling: 1–5 tasks", "Spot capacity for cost"),
            group="aws",
        ),
        ArchNode(
            id="rds",
            name="RDS PostgreSQL 16",
            lines=(
                "Multi-AZ failover",
                "Read replica",
                "Automated backups",
                "Point-in-time recovery (35 days)",
            ),
            group="aws",
        ),
        ArchNode(
            id="redis",
            name="ElastiCache Redis",
            lines=("Cluster mode · Persistence",),
            group="aws",
        ),
        ArchNode(
            id="s3", name="S3 (invoices, PDFs)", lines=("Versioned · Encrypted",), group="aws"
        ),
        ArchNode(
            id="logs",
            name="CloudWatch / Datadog",
            lines=("APM · Logs · Metrics · Alerts",),
            group="aws",
        ),
        ArchNode(id="secrets", name="Secrets Manager", lines=("Auto-rotate keys",), group="aws"),
        ArchNode(
            id="sqs",
            name="SQS (replace Celery/Redis broker)",
            lines=("Dead-letter queues · No broker ops",),
            group="aws",
        ),
    ),
    groups=(
        ArchGroup(id="aws", name="AWS eu-west-1 (Ireland)", lines=("or af-south-1 (Cape Town)",)),
    ),
    edges=(Edge("edge", "aws"), Edge("api", "rds"), Edge("worker", "redis")),
)

MINIMUM = Architecture(
    title="Minimum viable monitoring",
    direction="right",
    nodes=(
        ArchNode(id="robot", name="UptimeRobot", lines=("Check /ready", "every 5 min")),
        ArchNode(id="sentry", name="Sentry", lines=("Error alerts", "Slack/email")),
        ArchNode(id="render", name="Render", lines=("Deploy logs", "Auto-restart")),
    ),
    edges=(Edge("robot", "sentry"), Edge("sentry", "render")),
)

PRODUCTION = Architecture(
    title="Production monitoring (stage 3)",
    nodes=(
        ArchNode(id="datadog", name="Datadog APM", lines=("Traces", "Latency p99")),
        ArchNode(id="watch", name="CloudWatch", lines=("Metrics", "CPU/Memory")),
        ArchNode(id="duty", name="PagerDuty", lines=("On-call", "Escalation")),
        ArchNode(id="grafana", name="Grafana", lines=("Dashboards", "Business KPI")),
    ),
)

ARCHITECTURES = (GRAFANA, CURRENT, STAGE_3, MINIMUM, PRODUCTION)
