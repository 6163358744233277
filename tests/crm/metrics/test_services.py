from factory_crm.crm.metrics import breakdowns, service
from tests.crm.metrics import drawing


def found(tables):
    now = drawing.as_known(tables)
    return {figure.name: figure(now) for figure in service.FIGURES}


def test_response_is_in_natural_hours_where_both_have_a_time(tables):
    """
    services
    service_id | customer_id | event | received_at      | responded_at     | closed_at
    HOUR       | C1          | 咨询  | 2023-05-01 09:00 | 2023-05-01 10:00 |
    TARGET     | C1          | 咨询  | 2023-05-01 22:00 | 2023-05-02 02:00 |
    LATE       | C1          | 咨询  | 2023-05-01 09:00 | 2023-05-01 13:01 |
    DAY        | C1          | 咨询  | 2023-05-01       | 2023-05-01 10:00 |
    OVERDUE    | C1          | 咨询  | 2023-12-31 19:59 |                  |
    WAITING    | C1          | 咨询  | 2023-12-31 20:00 |                  |
    CLOSED     | C1          | 咨询  | 2023-05-01 09:00 |                  | 2023-06-01
    FUTURE     | C1          | 咨询  | 2023-05-01 09:00 | 2024-01-01 10:00 |
    EARLIER    | C1          | 咨询  | 2022-05-01 09:00 | 2022-05-01 09:00 |
    """
    figures = found(tables)
    assert figures["response_mean"] == ((60 + 240 + 241) / 3 / 60, 3, 3 / 8, "")
    assert figures["response_median"].value == 4.0
    assert figures["response_p90"].value == (240 + 0.8) / 60
    assert figures["response_rate"] == (2 / 5, 5, 3 / 8, "")


def test_resolution_is_in_days_whole_ones_without_a_time(tables):
    """
    services
    service_id | customer_id | event | received_at      | closed_at
    EXACT      | C1          | 咨询  | 2023-05-01 09:00 | 2023-05-02 21:00
    WHOLE      | C1          | 咨询  | 2023-05-01 23:00 | 2023-05-04
    SAME_DAY   | C1          | 咨询  | 2023-05-01 23:00 | 2023-05-01
    UNKNOWN    | C1          | 咨询  |                  | 2023-05-01
    OPEN       | C1          | 咨询  | 2023-05-01       |
    """
    figures = found(tables)
    assert figures["resolution_median"] == (1.5, 3, 3 / 4, "")
    assert figures["resolution_p90"].value == 2.7


def test_in_time_is_by_kind_and_counts_what_is_overdue(tables):
    """
    services
    service_id | customer_id | event    | received_at | closed_at
    1          | C1          | 投诉     | 2023-05-01  | 2023-05-02
    2          | C1          | 投诉     | 2023-05-01  | 2023-05-03
    3          | C1          | 售后服务 | 2023-05-01  | 2023-05-04
    4          | C1          | 咨询     | 2023-05-01  | 2023-05-06
    5          | C1          | 咨询     | 2023-12-26  |
    6          | C1          | 咨询     | 2023-12-25  |
    7          | C1          | 投诉     |             | 2023-05-05
    """
    assert service.resolution_rate(drawing.as_known(tables)) == (3 / 5, 5, 6 / 7, "")


def test_first_contact_waits_a_week_and_counts_those_who_return_as_not_solved(tables):
    """
    services
    service_id | customer_id | order_id | event | received_at      | closed_at        | first_contact
    SOLVED     | C1          | O1       | 咨询  | 2023-05-01       | 2023-05-01       | 是
    ANOTHER    | C1          | O2       | 咨询  | 2023-05-02       | 2023-05-02       | 否
    BACK       | C2          |          | 投诉  | 2023-05-01       | 2023-05-02 10:00 | 是
    AGAIN      | C2          |          | 投诉  | 2023-05-09 23:00 |                  |
    LATER      | C3          |          | 投诉  | 2023-05-01       | 2023-05-02       | 是
    MUCH       | C3          |          | 投诉  | 2023-05-10       |                  |
    KIND       | C4          |          | 投诉  | 2023-05-01       | 2023-05-02       | 是
    OTHER      | C4          |          | 咨询  | 2023-05-03       |                  |
    BLANK      | C5          |          | 咨询  | 2023-05-01       | 2023-05-01       |
    WEEK       | C6          |          | 咨询  | 2023-12-01       | 2023-12-24       | 是
    TOO_NEW    | C7          |          | 咨询  | 2023-12-01       | 2023-12-25       | 是
    """
    measure = service.fcr_rate(drawing.as_known(tables))
    assert measure[:3] == (4 / 6, 6, 6 / 7)
    assert "估算" in measure.note


def test_complaints_per_hundred_orders_received(tables):
    """
    orders
    order_id | line | customer_id | received_on | status
    O1       | 1    | C1          | 2023-05-01  |
    O1       | 2    | C1          | 2023-06-01  |
    O2       | 1    | C1          | 2023-06-01  |
    O3       | 1    | C1          |             |
    O4       | 1    | C1          | 2023-06-01  |
    O5       | 1    | C1          | 2022-06-01  |

    services
    service_id | customer_id | event | issue | received_at | closed_at
    1          | C1          | 投诉  | 交期  | 2023-05-01  | 2023-05-02
    2          | C1          | 投诉  |       | 2023-05-01  |
    3          | C1          | 投诉  | 交期  |             | 2023-05-02
    4          | C1          | 投诉  | 价格  | 2022-05-01  |
    5          | C1          | 咨询  | 价格  | 2023-05-01  | 2024-01-01
    6          | C1          | 投诉  | 价格  |             |
    """
    now = drawing.as_known(tables)
    assert service.complaints(now) == (3, 3, 5 / 6, "")
    assert service.complaint_rate(now) == (100.0, 3, 5 / 6, "")
    assert service.open_complaints(now).value == 3
    assert breakdowns.by_issue(now).to_numpy().tolist() == [["交期", 2], ["未填", 1]]
    events = breakdowns.by_event(now)
    assert list(events.columns) == ["event", "count", "closed", "open"]
    assert events.to_numpy().tolist() == [["咨询", 1, 0, 1], ["投诉", 3, 2, 1], ["售后服务", 0, 0, 0]]


def test_no_complaint_is_good_news_where_services_are_recorded(tables):
    """
    orders
    order_id | line | customer_id | received_on
    O1       | 1    | C1          | 2023-05-01

    services
    service_id | customer_id | event | received_at
    1          | C1          | 咨询  | 2023-05-01
    """
    assert [found(tables)[name].value for name in ("complaints", "complaint_rate", "open_complaints")] == [0, 0.0, 0]


def test_no_delivery_is_not_enough_for_a_rate(tables):
    """
    services
    service_id | customer_id | event | received_at
    1          | C1          | 投诉  | 2023-05-01
    """
    assert [found(tables)[name].value for name in ("complaints", "complaint_rate", "open_complaints")] == [1, None, 1]


def test_nothing_is_not_enough(tables):
    assert set(found(tables).values()) == {(None, 0, None, "")}
