#include "world/build_world.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace world {
namespace {

double draw_age(const ProfessionalPopulation& population, Profession profession, bool newcomer,
                pdes::Stream& stream) {
  const double band_u = stream.uniform();
  const double within_u = stream.uniform();
  if (newcomer) {
    return population.entry_age *
           pdes::portable::exp(population.entry_age_spread * pdes::normal_quantile(band_u));
  }
  if (profession == Profession::gp) {
    const std::size_t band = pdes::categorical(band_u, population.gp_age_shares);
    const double low = population.gp_age_bounds[band];
    return low + within_u * (population.gp_age_bounds[band + 1] - low);
  }
  return population.other_age_low + band_u * (population.other_age_high - population.other_age_low);
}

}  // namespace

double share_aged(const ProfessionalPopulation& population, Profession profession, double from,
                  double to) {
  const auto part = [&](double low, double high) {  // of an age band
    return std::max(0.0, std::min(high, to) - std::max(low, from)) / (high - low);
  };
  if (profession != Profession::gp)
    return part(population.other_age_low, population.other_age_high);
  double share = 0;
  for (std::size_t band = 0; band < population.gp_age_shares.size(); ++band) {
    share += population.gp_age_shares[band] *
             part(population.gp_age_bounds[band], population.gp_age_bounds[band + 1]);
  }
  return share;
}

double women_share(const ProfessionalPopulation& population, Profession profession, double age) {
  const double all = population.women_share[index(profession)];
  if (profession != Profession::gp) return all;
  const double of_young = population.young_gp_women_share;
  if (age < ProfessionalPopulation::young_gp_age) return of_young;
  const double young = share_aged(population, profession, 0, ProfessionalPopulation::young_gp_age);
  return std::clamp((all - young * of_young) / (1 - young), 0.0, 1.0);
}

ProfessionalPopulation read_professional_population(const scenario::ParameterTable& table) {
  ProfessionalPopulation population;
  for (const char* band : {"under_30", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59",
                           "60_64", "65_69", "70_plus"}) {
    population.gp_age_shares.push_back(table.value(std::string("gp_age_share_") + band));
  }
  population.gp_age_bounds = {27, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75};
  population.other_age_low = table.value("other_age_low");
  population.other_age_high = table.value("other_age_high");
  for (std::size_t p = 0; p < profession_count; ++p) {
    population.women_share[p] = table.value(std::string(profession_stems[p]) + "_female_share");
  }
  population.young_gp_women_share = table.value("gp_female_share_under40");
  population.activity_spread = table.value("professional_activity_spread");
  population.entry_age = table.value("entry_age_median");
  population.entry_age_spread = table.value("entry_age_spread");
  return population;
}

Professional draw_professional(const ProfessionalPopulation& population, Profession profession,
                               bool newcomer, std::optional<double> age, std::int32_t today,
                               std::uint32_t luck, const Luck& luck_of_run) {
  pdes::Stream stream = luck_of_run.stream(Decision::professional, luck);
  Professional professional;
  professional.profession = profession;
  professional.luck = luck;
  const double drawn_age = draw_age(population, profession, newcomer, stream);
  const double years = age.value_or(drawn_age);
  professional.birth_day = today - static_cast<std::int32_t>(years * days_per_year);
  professional.sex =
      stream.uniform() < women_share(population, profession, years) ? Sex::woman : Sex::man;
  const double spread = population.activity_spread;
  professional.ability = professional.activity =
      pdes::lognormal(stream, 1, spread) *
      pdes::portable::exp(-spread * spread / 2);  // the mean is 1
  professional.taste_for_team = stream.uniform();
  professional.retirement = HazardClock(pdes::unit_exponential(stream));
  professional.relocation = HazardClock(pdes::unit_exponential(stream));
  professional.burnout = HazardClock(pdes::unit_exponential(stream));
  pdes::Stream cut = luck_of_run.stream(Decision::hours_cut, luck);
  professional.hours_cut = HazardClock(pdes::unit_exponential(cut));
  return professional;
}

ProfessionalId next_professional(std::size_t so_far) {
  if (so_far >= most_professionals) {
    throw std::length_error(
        "more than 65,535 professionals in one catchment (no more have a number); make it smaller");
  }
  return ProfessionalId(static_cast<std::uint16_t>(so_far));
}

World build_world(const CatchmentMap& map, const ProfessionalPopulation& professionals,
                  std::int32_t warm_up_days, const Luck& luck) {
  World world;
  world.residents.reserve(static_cast<std::size_t>(map.residents()) * 5 / 4);
  for (std::size_t c = 0; c < map.communes().size(); ++c) {
    const CatchmentCommune& commune = map.communes()[c];
    const auto id = CommuneId(static_cast<std::uint16_t>(c));
    for (int n = 0; n < commune.residents; ++n) {
      Resident resident = draw_resident(commune.population,
                                        luck.stream(Decision::resident, world.residents.size()));
      resident.commune = id;
      world.residents.push_back(resident);
    }
    for (std::size_t p = 0; p < profession_count; ++p) {
      const ExpectedSupply& supply = commune.supply[p];
      pdes::Stream stream = luck.stream(Decision::supply, c * profession_count + p);
      // An expectation of 2.3 is two people, and a third in three replications of ten.
      const auto count = static_cast<int>(std::floor(supply.count + stream.uniform()));
      for (int n = 0; n < (supply.given ? static_cast<int>(supply.count) : count); ++n) {
        const std::optional<double> age =
            supply.ages.empty() ? std::nullopt
                                : std::optional(supply.ages[static_cast<std::size_t>(n)]);
        const auto number =
            static_cast<std::uint32_t>(next_professional(world.professionals.size()));
        Professional professional = draw_professional(professionals, static_cast<Profession>(p),
                                                      false, age, warm_up_days, number, luck);
        professional.commune = id;
        professional.here_at_start = true;
        world.professionals.push_back(professional);
      }
    }
  }
  return world;
}

}  // namespace world
