/// Posts of professionals employed by the municipality: who takes them, what they cost and what
/// they bring in.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "world/decisions.hpp"
#include "world/hazard_clock.hpp"
#include "world/ids.hpp"

namespace care {

/// The luck of who takes a post: of the person, and of how long the contract lasts.
struct Hire {
  std::uint32_t luck = 0;
  world::HazardClock contract;
};

/// The posts of all professions, by number: who holds them, and how long the others still look. A
/// post has its own luck and its own sequence of people, whatever happens to the others; a vacant
/// one looks all the time, also before the premises open.
class PostRegister {
 public:
  /// Whether there has never been a post.
  bool empty() const;
  int held(world::Profession profession) const;

  /// There are posts of these numbers from now on: 0 to `wanted` - 1.
  void provide(world::Profession profession, int wanted, const world::Luck& luck);
  /// Who holds a post of a higher number.
  std::vector<world::ProfessionalId> holders_beyond(world::Profession profession, int wanted) const;
  /// Vacant posts look for a span, each at a rate: the numbers of those, below `wanted`, that have
  /// found somebody, now or before. Requires posts that `provide` has given.
  std::vector<std::size_t> search(world::Profession profession, int wanted, world::Years span,
                                  Rate rate);
  /// A vacant post is taken.
  Hire hire(world::Profession profession, std::size_t number, world::ProfessionalId holder,
            const world::Luck& luck);
  /// Somebody leaves the post that they hold, if they do.
  void vacate(world::ProfessionalId holder);

 private:
  struct Post {
    world::HazardClock recruitment;
    std::uint32_t hires = 0;
    world::ProfessionalId holder = world::no_professional;
    bool is_held() const { return holder != world::no_professional; }
  };
  std::array<std::vector<Post>, world::profession_count> posts_;
};

/// Professionals per year who would consider a salaried post here, for
/// each profession. Assumption A14: they are a pool apart from those who settle.
///
///   candidates = flow residents small_area / s * x / (1 - x)
///
/// flow, small_area and s as in `candidate_rate`; x: the share of the young of the profession who
/// prefer a salaried post (`young_gp_accept_salaried_offer`, `salaried_preferred_other`).
Rate salaried_candidate_rate(world::Profession profession, int residents,
                             const ArrivalParameters& arrival, const SalariedParameters& p);

/// Hires per year of each vacant post: the usual time to fill one, as long as candidates last.
///
///   rate = min(12 / months, candidates / vacancies)
///
/// months: `salaried_recruit_months`, `salaried_recruit_months_other`.
Rate recruitment_rate(int vacancies, Rate candidates, const PostParameters& p);

/// What so many posts that are filled cost in a month: wages with charges, the support staff
/// beside them, and all that is not personnel; less the subsidy on employers' contributions. The
/// fees of professions other than GPs come with it, less those rejected.
/// Assumption A53: such a post brings in the fees of a usual one, whatever it finds to do.
void pay_posts(world::Profession profession, int filled, std::int32_t day,
               const SalariedParameters& p, Ledger& ledger);

/// The fees of so many consultations of GPs, less those rejected in third-party payment, and the
/// lump sums that come with them.
void collect_fees(std::int64_t consultations, std::int32_t day, const SalariedParameters& p,
                  Ledger& ledger);

}  // namespace care
