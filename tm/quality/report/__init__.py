"""Reports: of scores in the terminal and as JSON, of these and of findings as one HTML file."""

from tm.quality.report.building import consistency_report, evaluation_report, findings_report
from tm.quality.report.data import MOST, ReportData, TermUse, TermUses
from tm.quality.report.page import write_report

__all__ = [
    "MOST",
    "ReportData",
    "TermUse",
    "TermUses",
    "consistency_report",
    "evaluation_report",
    "findings_report",
    "write_report",
]
