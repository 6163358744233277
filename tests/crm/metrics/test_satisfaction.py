from factory_crm.crm.metrics import breakdowns, satisfaction
from tests.crm.metrics import drawing


def test_satisfied_is_a_share_and_the_mean_stands_beside(tables):
    """
    feedbacks
    feedback_id | customer_id | given_on   | score
    1           | C1          | 2023-01-01 | 5
    2           | C1          | 2023-12-31 | 4
    3           | C1          | 2023-05-01 | 4
    4           | C1          | 2023-05-01 | 3
    5           | C1          | 2023-05-01 | 1
    6           | C1          | 2023-05-01 |
    7           | C1          | 2022-12-31 | 1
    8           | C1          | 2024-01-01 | 1
    """
    now = drawing.as_known(tables)
    assert satisfaction.csat(now) == (3 / 5, 5, 5 / 6, "")
    assert satisfaction.mean_score(now) == (17 / 5, 5, 5 / 6, "")
    assert breakdowns.by_score(now).to_numpy().tolist() == [[5, 1], [4, 2], [3, 1], [2, 0], [1, 1]]


def test_few_ratings_are_a_hint_only(tables):
    """
    feedbacks
    feedback_id | customer_id | given_on   | score
    1           | C1          | 2023-01-01 | 5
    """
    assert satisfaction.csat(drawing.as_known(tables)) == (1.0, 1, 1.0, "样本少，仅供参考")


def test_no_rating_is_not_enough(tables):
    """
    feedbacks
    feedback_id | customer_id | given_on
    1           | C1          | 2023-01-01
    """
    now = drawing.as_known(tables)
    assert satisfaction.csat(now) == satisfaction.mean_score(now) == (None, 0, 0.0, "")
