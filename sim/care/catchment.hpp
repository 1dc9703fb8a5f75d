/// The logical process: one catchment, with all that lives, works, stands and is paid in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "care/access.hpp"
#include "care/appointment_book.hpp"
#include "care/arrival.hpp"
#include "care/budget.hpp"
#include "care/departure.hpp"
#include "care/elections.hpp"
#include "care/events.hpp"
#include "care/ledger.hpp"
#include "care/local_accessibility.hpp"
#include "care/mobile_unit.hpp"
#include "care/municipality.hpp"
#include "care/need.hpp"
#include "care/parameters.hpp"
#include "care/practice_map.hpp"
#include "care/salaried_posts.hpp"
#include "care/team_life.hpp"
#include "care/walk_in_unit.hpp"
#include "pdes/process.hpp"
#include "record/recorder.hpp"
#include "scenario/strategy.hpp"
#include "world/build_world.hpp"
#include "world/calendar.hpp"
#include "world/catchment_map.hpp"
#include "world/decisions.hpp"
#include "world/practices.hpp"

namespace care {

/// What all runs of a scenario share. Constant while they run, and outlives them.
struct Setup {
  const world::CatchmentMap& map;
  const world::Calendar& calendar;
  const world::ProfessionalPopulation& professionals;
  const Parameters& parameters;
  const NeedCatalogue& needs;
  scenario::TeamStage team_stage = scenario::TeamStage::none;  ///< of a team at the start
  std::optional<double> yearly_budget{};  ///< EUR of the municipality; without one, no limit
};

/// A catchment has one team at most.
inline constexpr world::TeamId the_team{0};

inline constexpr double adult_age = 16;  ///< registering a GP is counted from 16 on

/// A promise of the model to itself is broken: our defect, never the user's.
class ConservationError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// One catchment under one strategy. Its events are the only thing that changes it. During the
/// warm-up residents live and seek care while professionals stay; careers, teams and the
/// municipality start with the scenario.
class Catchment {
 public:
  using Payload = CareEvent;
  using Context = pdes::Context<CareEvent>;

  Catchment(const Setup& setup, const scenario::Strategy& strategy, const world::Luck& luck);

  void start(Context& context);
  void handle(const CareEvent& event, Context& context);
  /// Asks for the memory of the resident and the professional of an event to come.
  void prefetch(const CareEvent& event) const;

  /// Asserts that nothing was lost: residents = at the start + births - deaths + settled - moved
  /// away, in each commune too; professionals = at the start + arrivals - departures; every need
  /// has one outcome or an appointment still to come; panels hold who is registered; rooms hold who
  /// practises there; all balances together are zero. Throws `ConservationError` naming the first
  /// that fails.
  void check_conservation() const;

  /// Adds what the run has to publish. Requires a run that has reached the horizon.
  std::vector<record::Stay> stays() const;
  const Ledger& ledger() const { return ledger_; }
  const record::Recorder& recorder() const { return recorder_; }
  const std::vector<world::Professional>& professionals() const { return professionals_; }
  const std::vector<world::Resident>& residents() const { return residents_; }

 private:
  // catchment.cpp: the year's round
  void on(const MonthBegins& event, Context& context);
  void on(const WeekEnds& event, Context& context);
  void begin_scenario(Context& context);
  double measured_load(std::size_t professional, pdes::Time now) const;
  record::Levels levels(pdes::Time now) const;
  std::vector<record::CommuneLevels> census(pdes::Time now) const;
  std::vector<double> contacts_offered() const;

  // catchment_patients.cpp: what follows from care had and lacked
  void draw_outcomes(std::int32_t month, pdes::Time now);

  // catchment_patients.cpp: residents and their needs
  void on(const NeedArises& event, Context& context);
  void on(const ResidentDies& event, Context& context);
  void on(const ChildIsBorn& event, Context& context);
  void on(const Consultation& event, Context& context);
  void register_everyone();
  void remember_prevention(world::ResidentId id, std::int32_t today);
  static Needy needy(const world::Resident& who, std::int32_t today);
  void schedule_next(world::ResidentId id, Context& context);
  void schedule_birth(std::uint32_t birth, Context& context);
  void look_for_gp(world::ResidentId id, std::uint32_t need, pdes::Time now);
  void begin_need(world::ResidentId id, std::uint32_t number, NeedType type, Context& context);
  void end_need(const Consultation& request, record::NeedOutcome how);
  void see_gp(const Consultation& event, Context& context);
  void refer(const Consultation& event, Context& context);
  bool go_straight_to_team(const Consultation& request, Context& context);
  void seek_care(const Consultation& request, pdes::Stream stream, Context& context);
  bool book_with_colleague(const Consultation& request, world::ProfessionalId first,
                           pdes::Time last, Context& context);
  bool book_in_team(const Consultation& request, world::Profession profession,
                    world::ProfessionalId teammate, pdes::Time last, Context& context);
  bool book_with_substitute(const Consultation& request, pdes::Time last, Context& context);

  bool book(const Consultation& request, world::ProfessionalId id, pdes::Time last,
            Context& context);
  void enrol(world::ResidentId id, world::ProfessionalId gp);
  Circumstances circumstances(const world::Resident& who, std::int32_t today) const;
  bool in_one_team(world::ProfessionalId a, world::ProfessionalId b) const;
  bool in_recognised_team(world::ProfessionalId id) const;
  bool has_room(world::ProfessionalId gp) const;
  template <class Draw>
  world::ProfessionalId gp_with_room(PracticeMap& open, world::CommuneId from, Draw draw) const;
  double prevention_rate(const world::Resident& who, std::int32_t today) const;
  void run_prevention_programme(std::uint32_t month, pdes::Time now);
  std::vector<std::uint8_t> near_gp() const;
  double near_gp_share() const;

  // catchment_budget.cpp: what the municipality can pay
  Stopped refuse_what_cannot_be_paid(int month, const Observed& seen, const Concerned& concerned,
                                     pdes::Time now);
  Claim claim_of(scenario::Lever lever, const Observed& seen, const Concerned& concerned,
                 pdes::Time now) const;
  Cents owed_per_month() const;
  Cents post_cost(world::Profession profession) const;
  void engage_aid(Cents aid);
  std::optional<Measured> measured_last(int month) const;

  // catchment_offers.cpp: offers without an appointment book, the network, outreach
  void on(const MobileConsultation& event, Context& context);
  bool take_unscheduled_offer(const Consultation& request, pdes::Time last, Context& context);
  bool see_at_walk_in(const Consultation& request, Context& context);
  bool see_at_mobile_unit(const Consultation& request, pdes::Time last, Context& context);
  bool see_at_booth(const Consultation& request, Context& context);
  bool gets_to(const world::Resident& who, world::CommuneId place, std::int32_t today) const;
  void bring_offers(const Concerned& concerned, pdes::Time now);
  void match_patients(pdes::Time now);
  void reach_out(double share, pdes::Time now);

  // catchment_migration.cpp: residents who settle and move away
  void on(const ResidentMovesAway& event, Context& context);
  void on(const ResidentsSettle& event, Context& context);
  void start_migration(Context& context);
  void plan_stay(world::ResidentId id, std::int32_t today);
  void take_out(world::Resident& who);
  std::vector<double> accessible(std::int32_t today) const;

  // catchment_careers.cpp: professionals who arrive, stay and leave
  void on(const CandidateAppears& event, Context& context);
  void on(const ProfessionalLeaves& event, Context& context);
  void schedule_candidate(const CandidateAppears& next, Context& context);
  world::CommuneId commune_by_size(double u) const;
  void settle(world::Professional newcomer, Context& context);
  bool is_drawn_away(const world::Professional& newcomer) const;
  void pay_aid_on_arrival(const world::Professional& newcomer, pdes::Time now);
  void assess(world::ProfessionalId id, Context& context);
  void leave(world::ProfessionalId id, world::DepartureCause cause, pdes::Time now);
  void hand_over_panel(world::ProfessionalId leaver);
  Situation situation_of(const world::Professional& professional, pdes::Time now) const;
  void add_peers(const world::Professional& candidate, pdes::Time now, Offer& offer) const;
  double activity_expected(world::Profession profession, world::CommuneId commune) const;
  Offer open_to_newcomer(Offer offer, world::CommuneId looked_at) const;
  void cut_hours(world::Professional& who);
  double settled_activity(const world::Professional& who, pdes::Time now) const;
  double newcomer_hours(world::Profession profession) const;
  double activity_of(const world::Professional& professional, pdes::Time now) const;

  // catchment_municipality.cpp: team, rooms, municipality
  void on(const BuildingAdvances& event, Context& context);
  void on(const PremisesAreReady& event, Context& context);
  Observed observe(pdes::Time now) const;
  void act(int month, Context& context);
  Concerned concerned_by_access(pdes::Time now) const;
  void review_team(int month, pdes::Time now);
  void vote(std::chrono::year_month month);
  void gather_team(pdes::Time now);
  void list_team();
  void move_into(world::SiteId site);
  world::SiteId open_site(world::SiteKind kind, int rooms);
  void close_site(world::SiteId site);
  int gps_supported() const;
  bool is_supported(const world::Professional& professional) const;
  void pay_for_the_month(const Means& means, const Concerned& concerned, pdes::Time now,
                         Ledger& ledger) const;
  void pay_housing(double aid_a_year, pdes::Time now, Ledger& ledger) const;
  void staff_posts(Context& context);
  int posts_wanted(world::Profession profession) const;
  void fill_posts(world::Profession profession, Context& context);
  void hire(world::Profession profession, std::size_t post, Context& context);
  double share_run_by_team() const;
  int occupied(world::SiteId site) const;
  int free_rooms(world::SiteId site) const;
  std::optional<world::SiteId> site_with_free_room() const;
  bool would_join(const world::Professional& professional, pdes::Time now) const;
  TeamMembers members() const;
  int team_sites() const;
  TeamSupport support() const;
  Offer offer_around(world::CommuneId commune) const;
  double relative_cohesion() const;

  world::Professional& professional(world::ProfessionalId id) {
    return professionals_[world::index(id)];
  }
  const world::Professional& professional(world::ProfessionalId id) const {
    return professionals_[world::index(id)];
  }
  world::ProfessionalId id_of(const world::Professional& professional) const {
    return world::ProfessionalId(static_cast<std::uint16_t>(&professional - professionals_.data()));
  }
  world::Resident& resident(world::ResidentId id) { return residents_[world::index(id)]; }

  Setup setup_;
  const scenario::Strategy* strategy_;
  world::Luck luck_;

  std::vector<world::Resident> residents_;
  std::size_t residents_at_start_ = 0;
  std::int64_t population_ = 0;  ///< alive
  std::int64_t births_ = 0;
  std::int64_t deaths_ = 0;
  std::int64_t settled_ = 0;
  std::int64_t moved_away_ = 0;
  std::vector<world::Population> newcomers_;  ///< by commune: whom those who settle are drawn from
  std::vector<double> accessible_at_start_;   ///< by commune; empty where settlement ignores care
  /// First appointments still to come, by the profession first contacted.
  std::array<std::int64_t, world::profession_count> open_needs_{};

  std::vector<world::Professional> professionals_;
  std::size_t professionals_at_start_ = 0;
  std::int64_t departures_ = 0;
  std::vector<AppointmentBook> books_;  ///< by professional
  std::vector<std::int64_t> requests_;  ///< sessions, by professional, since `counting_since_`
  std::vector<double> load_;            ///< by professional, of the last month
  std::vector<double> load_of_year_;    ///< by professional
  pdes::Time counting_since_;
  PracticeMap practices_;                     ///< at work
  std::vector<world::ProfessionalId> asked_;  ///< by the resident at hand; reused
  std::vector<std::vector<Reach>> reach_;     ///< of communes, as the State measures access
  double adults_per_resident_ = 1;            ///< at the start

  world::Team team_;
  std::vector<world::ProfessionalId> team_members_;  ///< at work
  std::vector<world::Site> sites_;
  std::optional<Building> building_;
  world::SiteId building_site_ = world::no_site;
  world::SiteId premises_ = world::no_site;
  std::uint32_t lease_ = 0;  ///< number of the lease in force; 0 when there has been none
  bool leasing_ = false;
  Means means_;
  AccessRelief relief_;
  WalkInUnit walk_in_;
  MobileUnit mobile_unit_;
  DailySlots booths_;
  double assistants_per_gp_ = 0;  ///< this month, of the GPs supported
  Stopped stopped_{};
  std::optional<BudgetYear> budget_year_;
  MoneyLeft for_aid_;        ///< of the budget, this month, all other actions paid
  int actions_refused_ = 0;  ///< this month
  SteeringCommittee steering_;
  double partnership_ = 0;
  PostRegister posts_;
  bool recruiting_ = true;                ///< whether there is money to fill vacant posts
  std::optional<pdes::Time> posts_open_;  ///< when their premises open; drawn once
  world::SiteId salaried_site_ = world::no_site;
  std::int64_t salaried_consultations_ = 0;  ///< this month
  Ledger ledger_;
  Cents balance_at_month_start_{};
  record::Recorder recorder_;
};

/// The GP for the uniforms that `draw` gives; those found full leave `open`.
template <class Draw>
world::ProfessionalId Catchment::gp_with_room(PracticeMap& open, world::CommuneId from,
                                              Draw draw) const {
  for (;;) {
    const world::ProfessionalId gp = open.choose(draw(), world::Profession::gp, from);
    if (gp == world::no_professional || has_room(gp)) return gp;
    open.close(gp);
  }
}

}  // namespace care
