"""The tests mirror the rooms of ``factory_crm``; ``test_house`` holds the shape of the whole."""
