#include "world/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace world {
namespace {

constexpr std::size_t first_band_75 = 15;

/// The rest of a life: sex and age are known, the draws follow in a fixed order.
Resident finish(const Population& population, Sex sex, double age, std::int32_t birth_day,
                pdes::Stream& stream) {
  Resident resident;
  resident.sex = sex;
  resident.birth_day = birth_day;
  const auto day_of_age = [&](double at_age) {
    const double days = std::ceil(at_age * days_per_year);
    return days < 1e6 ? birth_day + static_cast<std::int32_t>(days) : never;
  };
  const Mortality& mortality = population.mortality[static_cast<std::size_t>(sex)];
  resident.last_day = day_of_age(mortality.age_at_death(stream.uniform(), age));
  resident.illness_day = day_of_age(population.illness.onset_age(stream.uniform()));
  resident.deprivation =
      static_cast<std::uint8_t>(1 + pdes::categorical(stream.uniform(), population.deprivation));
  resident.looks_for_gp = stream.uniform() >= population.never_looks_for_gp;
  const double u = stream.uniform();
  if (u < population.immobile_under_75) {
    resident.immobile_day = birth_day;
  } else if (u < population.immobile_75_plus) {
    resident.immobile_day = day_of_age(75);
  }
  return resident;
}

}  // namespace

std::size_t age_band_of(double age) {
  return std::min(static_cast<std::size_t>(std::max(age, 0.0) / years_per_band), age_bands - 1);
}

double Mortality::age_at_death(double u, double age) const {
  double left = u;
  if (age <= 0) {
    if (u < infant_share) return u / infant_share;  // evenly over the first year
    left = (u - infant_share) / (1 - infant_share);
  }
  using pdes::portable::exp;
  using pdes::portable::log;
  return log(exp(slope * age) - slope * log(left) / level) / slope;
}

Illness::Illness(std::vector<double> ages, std::vector<double> prevalence)
    : ages_(std::move(ages)), prevalence_(std::move(prevalence)) {}

double Illness::prevalence_at(double age) const {
  if (age <= ages_.front()) return prevalence_.front();
  for (std::size_t i = 1; i < ages_.size(); ++i) {
    if (age > ages_[i]) continue;
    const double part = (age - ages_[i - 1]) / (ages_[i] - ages_[i - 1]);
    return prevalence_[i - 1] + part * (prevalence_[i] - prevalence_[i - 1]);
  }
  return prevalence_.back();
}

double Illness::onset_age(double u) const {
  if (u < prevalence_.front()) return 0;
  for (std::size_t i = 1; i < ages_.size(); ++i) {
    if (u >= prevalence_[i]) continue;
    const double part = (u - prevalence_[i - 1]) / (prevalence_[i] - prevalence_[i - 1]);
    return ages_[i - 1] + part * (ages_[i] - ages_[i - 1]);
  }
  return std::numeric_limits<double>::infinity();
}

Population read_population(const scenario::ParameterTable& table, int start_year) {
  Population population;
  const double toward_2026 = std::clamp((start_year - 2018) / 8.0, 0.0, 1.0);
  std::array<double, age_bands> women{}, men{};
  double census = 0, total = 0;
  for (std::size_t band = 0; band < age_bands; ++band) {
    const std::string name(age_band_names[band]);
    women[band] = table.value("pop_2018_women_" + name);
    men[band] = table.value("pop_2018_men_" + name);
    census += women[band] + men[band];
  }
  for (std::size_t band = 0; band < age_bands; ++band) {
    const double both = women[band] + men[band];
    const double in_2026 = table.value("pop_share_2026_" + std::string(age_band_names[band]));
    population.women_share[band] = women[band] / both;
    population.share[band] = (1 - toward_2026) * both / census + toward_2026 * in_2026;
    total += population.share[band];
  }
  for (double& share : population.share) share /= total;

  const double infant = table.value("mortality_infant");
  population.mortality = {
      Mortality{infant, table.value("mortality_level_women"), table.value("mortality_slope_women")},
      Mortality{infant, table.value("mortality_level_men"), table.value("mortality_slope_men")}};
  population.illness = Illness({7.5, 22.5, 37.5, 52.5, 67.5, 80, 90},
                               {table.value("ald_share_00_14"), table.value("ald_share_15_29"),
                                table.value("ald_share_30_44"), table.value("ald_share_45_59"),
                                table.value("ald_share_60_74"), table.value("ald_share_75_84"),
                                table.value("ald_share_85_plus")});
  population.never_looks_for_gp = table.value("no_mt_never_declared");
  // Published for all and from 75 on; the others follow.
  double share_75_plus = 0;
  for (std::size_t band = first_band_75; band < age_bands; ++band)
    share_75_plus += population.share[band];
  population.immobile_75_plus = table.value("mobility_limited_75plus");
  population.immobile_under_75 = std::max(
      0.0, (table.value("mobility_limited_all") - share_75_plus * population.immobile_75_plus) /
               (1 - share_75_plus));
  population.births_per_1000 = table.value("births_rate");
  population.girls_share = table.value("births_girls_share");
  return population;
}

Population with_share_75_plus(Population population, double share) {
  double before = 0;
  for (std::size_t band = first_band_75; band < age_bands; ++band) before += population.share[band];
  for (std::size_t band = 0; band < age_bands; ++band) {
    population.share[band] *= band < first_band_75 ? (1 - share) / (1 - before) : share / before;
  }
  return population;
}

Resident draw_resident(const Population& population, pdes::Stream stream, std::int32_t today) {
  const std::size_t band = pdes::categorical(stream.uniform(), population.share);
  // The last band is open: its residents are spread over fifteen years, mortality does the rest.
  const double width = band + 1 < age_bands ? years_per_band : 3 * years_per_band;
  const double u = stream.uniform();
  const double within = band + 1 < age_bands ? u : u * u;  // fewer at the oldest ages
  const double age = static_cast<double>(band) * years_per_band + within * width;
  const Sex sex = stream.uniform() < population.women_share[band] ? Sex::woman : Sex::man;
  const auto birth_day = today - static_cast<std::int32_t>(age * days_per_year) - 1;
  return finish(population, sex, age, birth_day, stream);
}

Resident draw_newborn(const Population& population, std::int32_t birth_day, pdes::Stream stream) {
  const Sex sex = stream.uniform() < population.girls_share ? Sex::woman : Sex::man;
  return finish(population, sex, 0, birth_day, stream);
}

}  // namespace world
