# pint 0.87: pint --offline --config monitoring/prometheus/.pint.hcl lint monitoring/prometheus/alerts monitoring/generated/rules
# pint exits with 0 on warnings: read what it prints. It is meant to print nothing.

checks {
  disabled = [
    # Warns when a rule reads a series that another group records, because groups are not evaluated in a given order.
    # It compares names only, and all SLOs record under the same names, told apart by `service` and `slo`: most of its
    # findings are rules that read their own group's series. The rest is deliberate: each group has the evaluation
    # interval that fits its windows, and long windows rest on what groups with short ones recorded an interval ago.
    "rule/dependency",
  ]
}

rule {
  match {
    kind = "alerting"
  }

  annotation "summary" {
    severity = "bug"
    required = true
  }

  annotation "description" {
    severity = "bug"
    required = true
  }

  annotation "runbook_url" {
    severity = "bug"
    value    = "https://github\\.com/burnrate/burnrate/blob/main/monitoring/runbooks/.+"
    required = true
  }

  label "severity" {
    severity = "bug"
    value    = "critical|warning|info|none"
    required = true
  }

  label "category" {
    severity = "bug"
    required = true
  }
}
