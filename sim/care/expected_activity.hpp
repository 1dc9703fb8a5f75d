/// How busy a newcomer may expect to be: what the demand of a place leaves to one more colleague.
#pragma once

namespace care {

/// Load of a professional over the last year, or since they are here if that is less.
///
///   l' = l + (L - l) / n,  n: months here, from 1 to 12
///
/// L: load of the last month, sessions asked for over slots.
double load_of_the_year(double before, double last_month, double months_here);

/// Share of a full book that a newcomer expects in a commune, from the loads of those of the
/// profession who practise there.
///
///   A = min(1, (sum of loads + 1) / (peers + 1))
///
/// One peer with a full book is added to those counted, so that a lone peer says little, and none
/// nothing. Beyond a full book there is no more to expect. Assumption A70: newcomers judge a place
/// by the books of those who are there.
double expected_activity(double sum_of_loads, int peers);

/// What a newcomer expects at the place that is offered, over an office of their own in the commune
/// that they look at; at most 1. Requires an `own_office` above 0.
///
/// Assumption A71: empty books repel from a place; that those elsewhere are emptier still adds
/// nothing to what is published of teams and rooms.
double relative_activity(double place, double own_office);

}  // namespace care
