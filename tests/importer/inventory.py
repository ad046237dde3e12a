"""What the documents hold, counted by hand: the denominators of recall."""

from __future__ import annotations

STAGES = {
    "S0": ["Essential Setup", "Basic Growth", "Scaling Phase", "Production Hardening",
           "Enterprise Ready"],
    "S1": ["Core Infrastructure Migration", "Monitoring & Observability",
           "Email & Marketing Infrastructure", "Status Page & Uptime Monitoring",
           "Analytics & Tracking"],
    "S2": ["CRITICAL", "HIGH", "NICE-TO-HAVE"],
    "S3": ["Project Name", "Scale Selection", "Backend Framework", "Frontend Framework",
           "Database & Auth", "State Management", "Background Jobs", "Real-time Features",
           "File Storage", "Email Service", "Monitoring & Observability", "Deployment Strategy",
           "Additional Features"],
    "S4": ["Quick Wins", "Scale for Growth", "Production-Grade"],
    "P0": ["Launch", "First Customers", "Growing Up", "Grown Up"],
    "P1": ["Base Move", "Watching", "Letters"],
    "P2": ["URGENT", "LATER"],
    "P3": ["Repository Name", "Size", "Watching", "Extras"],
    "P4": ["Small Steps", "Nearer", "All Weather"],
}  # fmt: skip

SERVICES: dict[str, list[tuple[str, str]]] = {
    "S0": [
        ("Sentry", ""), ("Vercel Analytics", ""), ("OpenAI Usage Dashboard", ""),
        ("LogTail", "$19/month"), ("Better Stack", "$24/month"), ("GitHub Advanced Security", ""),
        ("DataDog", "$15/host/month"), ("PGanalyze", "$79/month"), ("Kong Cloud", "$150/month"),
        ("Grafana Cloud", "$120/month"), ("K6 Cloud", "$149/month"), ("Statuspage", "$99/month"),
        ("Cloudflare", "$200/month"), ("AWS Security Hub", "Usage-based"),
        ("Ottomatik", "$99/month"),
    ],
    "S1": [
        ("AWS EC2", "$100-300/month"), ("Heroku", "$50-250/month"), ("AWS RDS", "$50-200/month"),
        ("Heroku Postgres", "$50-250/month"), ("Self-hosted ClickHouse on EC2", "$100-200/month"),
        ("BigQuery", "$50-150/month"), ("AWS ElastiCache", "$50-150/month"),
        ("Redis Cloud", "$60-200/month"), ("Datadog", "$50-200/month"),
        ("Sentry paid tier", "$26-80/month"),
        ("Mailchimp", "$350-500/month for 10K-50K subscribers"), ("Zapier", "$19-249/month"),
        ("UptimeRobot paid tier", "$58/month"), ("Statuspage.io", "$29-99/month"),
        ("Google Analytics", "free but privacy concerns"),
        ("Fly.io", "$14-50/month"), ("Supabase Pro", "$25/month"),
        ("ClickHouse Cloud", "$50-100/month"), ("Upstash Redis", "$10-20/month"),
        ("Self-hosted on Fly.io", "$0 - runs on existing VMs"),
        ("GlitchTip self-hosted on Fly.io", "$0/month"),
        ("Listmonk self-hosted on Fly.io", "$0/month"), ("n8n self-hosted on Fly.io", "$0/month"),
        ("Upptime on GitHub Pages", "$0/month"), ("Umami self-hosted on Fly.io", "$0/month"),
        ("AWS EC2 (2× t3.medium)", "$70"), ("AWS RDS PostgreSQL (db.t3.small)", "$50"),
        ("AWS ElastiCache Redis", "$50"), ("AWS S3 + CloudFront", "$30"), ("Datadog", "$100"),
        ("Sentry", "$80"), ("SendGrid", "$80"), ("Mailchimp", "$350"), ("Zapier", "$49"),
        ("UptimeRobot", "$58"), ("Fly.io (2× VMs @ $7 each)", "$14"),
        ("Supabase Pro (PostgreSQL)", "$25"), ("ClickHouse Cloud", "$50"), ("Upstash Redis", "$10"),
        ("Cloudflare R2 (storage)", "$5"), ("Resend.com (email)", "$0"),
        ("Fly.io (monitoring VM)", "$7"), ("Fly.io (Listmonk VM)", "$7"), ("Fly.io (n8n VM)", "$7"),
        ("Fly.io (Umami VM)", "$7"), ("Backblaze B2 (backups)", "$1"),
    ],
    "S2": [
        ("AWS S3", "~$0.023/GB/month + $0.005/1000 requests"),
        ("Cloudflare R2", "~$0.015/GB/month, zero egress"),
        ("Cloudinary", "Free tier (25GB, 25GB bandwidth), then ~$89/month"),
        ("Sentry", "Free tier (5K errors/month), then $26/month"),
        ("Rollbar", "Free tier (5K events/month), then $12/month"),
        ("Self-hosted", "Free (server resources)"),
        ("Termii", "~₵0.05/SMS, WhatsApp pricing varies"),
        ("Twilio", "~$0.0075/SMS (Ghana), WhatsApp pricing varies"),
        ("SendGrid", "Free tier (100 emails/day), then $15/month (40K emails)"),
        ("AWS S3", "~$0.023/GB/month (standard) or $0.004/GB/month (Glacier)"),
        ("Backblaze B2", "~$0.005/GB/month, zero egress"),
        ("Cloudflare R2", "~$0.015/GB/month, zero egress"),
        ("UptimeRobot", "Free (50 monitors, 5-min checks)"),
        ("Pingdom", "$10/month (1 check, 1-min interval)"),
        ("Better Uptime", "Free (server resources)"),
        ("PostHog", "Free (self-hosted) or $0.000225/event (cloud)"),
        ("Plausible", "$9/month (10K pageviews)"), ("Google Analytics 4", "Free"),
        ("Axiom", "Free tier (500MB/day), then $25/month"),
        ("Logtail", "Free tier (50MB/day), then $20/month"),
        ("Self-hosted", "Free (server resources)"),
        ("AWS S3 (media + backups)", "~$1.50"), ("Sentry", "$0"), ("Termii/Twilio", "~$5-10"),
        ("UptimeRobot", "$0"), ("PostHog", "$0"),
    ],
    "S3": [
        ("Supabase", "Free tier available, scales with usage"),
        ("MongoDB + JWT", "Free (self-hosted), Atlas from $0/month (shared)"),
        ("Firebase", "Free tier available, pay-as-you-go"),
        ("Auth0", "Free tier (7,000 MAUs), then $35+/month"),
        ("Clerk", "Free tier (10,000 MAUs), then $25+/month"),
        ("Redis", "Free (self-hosted), managed from $10/mo"),
        ("AWS S3", "~$0.023/GB/month + transfer"), ("Cloudinary", "Free tier, then ~$99+/month"),
        ("Supabase Storage", "Included with Supabase plan"),
        ("SendGrid", "Free tier (100 emails/day), then $19.95+/month"),
        ("AWS SES", "$0.10 per 1,000 emails"),
        ("Resend", "Free tier (100 emails/day), then $20+/month"), ("Basic", "Free"),
        ("Sentry", "Free tier (5K errors/month), then $26+/month"),
        ("DataDog", "$15+/host/month"),
        ("OpenTelemetry", "Self-hosted (infrastructure only) or managed services"),
        ("New Relic", "Free tier (100GB/month), then $99+/user/month"),
        ("Grafana Cloud", "Free tier, then $8+/month"),
        ("Stripe", "2.9% + $0.30 per transaction"),
        ("Algolia", "Free tier (10K requests/month), then $1+/1K requests"),
        ("Elasticsearch", "Self-hosted or Cloud ($95+/month)"),
        ("Typesense", "Self-hosted free, Cloud $0.03/hour"),
    ],
    "S4": [
        ("Vercel", "$20"), ("Render Web", "$7"), ("Render Worker", "$7"), ("Render Database", "$7"),
        ("Render Redis", "$0"), ("Cloudflare", "$0"), ("Meta Cloud API", "$0*"), ("Brevo", "$0"),
        ("Paystack", "1.5%"), ("Sentry", "$0"), ("Render Standard web plan", "+$18/mo"),
        ("Render Standard worker plan", "+$18/mo"), ("Render Pro Postgres", "+$43/mo"),
        ("Uptime monitoring (BetterStack or UptimeRobot)", "Free"), ("Sentry on backend", "Free"),
        ("GitHub Actions CI", "Free"),
    ],
    "P0": [
        ("Faultlight", ""), ("Meterly Console", ""), ("Logbarn", "$18/month"),
        ("Pingmoor", "$27/month"), ("Tracewell", "$12/host/month"), ("Querywise", "$61/month"),
        ("Damwall", "$180/month"), ("Ledgerhub", "Usage-based"),
    ],
    "P1": [
        ("Bigcloud VM", "$70-160/month"), ("Dynorun", "$90-140/month"),
        ("Bigcloud Postgres", "$60-120/month"), ("Watchtower", "$110/month"),
        ("Mailgiant", "$250-400/month for 5K-20K subscribers"), ("Clickcount", "$20/month"),
        ("Tinyhost", "$12-30/month"), ("Rowhouse Pro", "$14/month"),
        ("Selfwatch self-hosted on Tinyhost", "$0/month"),
        ("Letterpress self-hosted on Tinyhost", "$0/month"),
        ("Countstats self-hosted on Tinyhost", "$0/month"),
        ("Bigcloud VM (2× medium)", "$80"), ("Bigcloud Postgres (small)", "$60"),
        ("Watchtower", "$110"), ("Mailgiant", "$250"), ("Tinyhost (2× VMs @ $6 each)", "$12"),
        ("Rowhouse Pro (Postgres)", "$14"), ("Tinyhost (Letterpress VM)", "$6"),
        ("Tinyhost (Countstats VM)", "$6"), ("Coldbox (backups)", "$2"),
    ],
    "P2": [
        ("Bucketeer", "~$0.02/GB/month + $0.004/1000 requests"),
        ("Icebox", "~$0.01/GB/month, zero egress"), ("Textbird", "~₵0.04/SMS"),
        ("Globetext", "~$0.006/SMS"), ("Pingmoor", "Free (20 monitors, 5-min checks)"),
        ("Bellwether", "$8/month (1 check, 1-min interval)"),
        ("Bucketeer (pictures)", "~$1.00"), ("Textbird", "~$4-6"), ("Pingmoor", "$0"),
    ],
    "P3": [
        ("Faultlight", "Free tier (3K errors/month), then $22+/month"),
        ("Tracewell", "$12+/host/month"), ("Tillbox", "2.5% + $0.25 per transaction"),
        ("Findling", "Self-hosted free, Cloud $0.02/hour"),
    ],
    "P4": [
        ("Pagedock", "$15"), ("Shorehost Web", "$6"), ("Shorehost Worker", "$6"),
        ("Nameplate", "$0"), ("Textbird", "$0*"), ("Tillbox", "2.5%"),
        ("Shorehost Steady web plan", "+$14/mo"), ("Shorehost Pro Postgres", "+$39/mo"),
        ("Outside checks (Pingmoor or Bellwether)", "Free"),
    ],
}  # fmt: skip
"""Every priced or tiered service mention, with its price where it has one: 125 in the real ones."""

PRICES: dict[str, list[str]] = {
    name: [price for _, price in services if price] for name, services in SERVICES.items()
}
PRICES["S0"] += [
    "$0-50/month", "$100-200/month", "$300-500/month", "$800-1000/month", "$2000-3000/month",
    "$0", "$0", "$0", "$19", "$24", "$0", "$150", "$79", "$150", "$120", "$149", "$99", "$200",
    "~$500", "$99", "$0-50", "~$100-200", "~$300-500", "~$800-1000", "~$2000-3000",
]  # fmt: skip
PRICES["S1"] += [
    "$0/month (free tier)", "$7/month each = $14/month",
    "$25/month each = $50/month (if needed for scale)", "free 3K/month",
    "$50/month (24GB RAM, 100GB storage)", "$100/month (96GB RAM, 200GB storage)",
    "$10/month for 100K requests/day", "$20/month for 1M requests/day",
    "-$400-800/month", "-$50-200/month", "-$300-500/month", "-$58/month",
    "$0 (self-hosted on existing infrastructure)",
    "$840", "$600", "$600", "$360", "$1,200", "$960", "$960", "$4,200", "$588", "$696",
    "$168", "$300", "$600", "$120", "$60", "$0 (free 3K/mo)", "$84", "$84", "$84", "$84", "$12",
    "$917/month", "$11,004/year", "$133/month", "$1,596/year",
]  # fmt: skip
PRICES["S2"] += ["~$6-12/month"]
PRICES["S3"] += [
    "Free", "$5-20/mo", "Free", "Free", "$25+/mo", "$50+/mo", "$10+/mo", "$100+/mo", "$10+/mo",
    "Free", "$0",
]  # fmt: skip
PRICES["S4"] += [
    "~$41/mo", "~$120/mo", "~$50–80/mo (competitive with Render Standard)",
    "~$200–400/mo (mostly RDS + Fargate)", "~$41", "~$120", "~$50–80", "~$200–400",
]  # fmt: skip
PRICES["P0"] += [
    "$0-20/month", "$60-120/month", "$150-250/month", "$500-600/month",
    "$0", "$0", "$18", "$27", "$96", "$61", "$180", "~$150",
    "$0-20", "~$60-120", "~$150-250", "~$500-600",
]  # fmt: skip
PRICES["P1"] += [
    "$0/month (free tier)", "$6/month each = $12/month",
    "-$300-500/month", "-$110/month", "-$200-220/month",
    "$960", "$720", "$1,320", "$3,000", "$144", "$168", "$72", "$72", "$24",
    "$500/month", "$6,000/year", "$40/month", "$480/year",
]  # fmt: skip
PRICES["P2"] += ["~$5-7/month"]
PRICES["P3"] += ["$22+/mo", "$12+/mo", "$0"]
PRICES["P4"] += [
    "~$27/mo", "~$80/mo", "~$40–60/mo (about what Shorehost asks)",
    "~$150–300/mo (mostly the database)", "~$27", "~$80", "~$40–60", "~$150–300",
]  # fmt: skip

OPTIONS: dict[str, list[str]] = {
    "S2": [name for name, _ in SERVICES["S2"][:21]],
    "S3": [
        "Micro", "Small", "Medium", "Large", "Enterprise",
        "FastAPI", "NestJS", "Go", "API-less", "GraphQL", "gRPC", "tRPC",
        "Next.js", "React SPA", "None", "Supabase", "PostgreSQL + JWT", "MongoDB + JWT", "Firebase",
        "Auth0", "Clerk", "SAML/Enterprise SSO", "Multi-Factor Authentication",
        "Redis", "In-Memory", "None", "BullMQ", "Celery", "None", "WebSockets",
        "Server-Sent Events", "None", "AWS S3", "Cloudinary", "Supabase Storage",
        "Local Filesystem", "SendGrid", "AWS SES", "Resend", "None",
        "Basic", "Sentry", "DataDog", "OpenTelemetry", "New Relic", "Grafana Cloud",
        "Vercel + AWS", "Docker Full", "Serverless",
        "Testing Setup", "CI/CD Workflows", "Pre-commit Hooks", "API Documentation",
        "Feature Flags", "Developer Portal", "Code Generation", "Analytics", "A/B Testing",
        "OpenAI Integration", "Anthropic Claude", "AWS Bedrock", "Custom Models",
        "Stripe", "PayPal", "Revenue Cat", "Algolia", "Elasticsearch", "Typesense",
        "Email Templates", "SMS/WhatsApp", "Push Notifications",
        "Rate Limiting", "WAF", "Secrets Management",
    ],
    "P2": [name for name, _ in SERVICES["P2"][:6]],
    "P3": [
        "Tiny", "Roomy", "Faultlight", "Tracewell", "None", "Tillbox", "Coinjar", "Findling",
    ],
}  # fmt: skip
"""21 options with pros and cons; 74 things to choose in the wizard."""

CHECKLIST: dict[str, list[str]] = {
    # Lists under "Implementation Notes" (S0, P0) have no boxes and do not say that they are ticked.
    "S1": ["Cost Reduction", "Performance", "Reliability", "Break-even", "Profit Margin"],
    "S4": [
        "CSRF protection", "Rate limiting on auth/OTP", "Input validation", "SQL injection",
        "HTTPS enforced", "Secure session cookies",
        "Sentry error tracking",
        "Health check endpoint",
        "Webhook signature", "Sentry on backend", "Uptime monitoring", "Automated backups testing",
        "GitHub Actions CI", "Dependency scanning", "Database connection pooling",
        "Log retention policy", "WAF rules", "Secrets rotation", "SOC 2 / NDPR compliance",
        "Penetration testing", "Disaster recovery plan", "Multi-region failover",
        "Upgrade to Standard plan", "Ensure `/ready` health check", "Render will keep old instance",
        "`fly deploy` performs", "Health check at `/ready`", "`min_machines_running = 1`",
        "Blue/green via", "Blue/green deployment via CodeDeploy", "ALB health checks",
        "Automatic rollback", "Zero-downtime database migrations",
    ],
    "P1": ["Cost Reduction", "Reliability", "Break-even", "Profit Margin"],
    "P4": [
        "Forms carry a token", "Health endpoint", "Outside checks", "Tried copies",
        "Move to the Steady plan", "Let `/ready` answer",
    ],
}  # fmt: skip
"""How each entry begins."""

TABLE_ROWS = {
    "S0": 0, "S1": 23, "S2": 6, "S3": 33, "S4": 58,
    "P0": 0, "P1": 11, "P2": 4, "P3": 7, "P4": 26,
}  # fmt: skip
"""Rows under a header, totals included."""
