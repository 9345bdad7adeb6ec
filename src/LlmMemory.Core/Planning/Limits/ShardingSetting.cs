using LlmMemory.Estimation.Cases;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Planning.Limits;

/// <summary>The stage of ZeRO, 0 to 3.</summary>
internal sealed class ShardingSetting : LimitSetting
{
    private static readonly Sharding[] Stages = [Sharding.None, Sharding.ZeroOne, Sharding.ZeroTwo, Sharding.ZeroThree];

    public ShardingSetting()
        : base("ZeroStage", "ZeroStage: how much the ranks share, 0 to 3", "Zero")
    {
    }

    internal override LimitScale ScaleOf(EstimateCase asked, DevicePool pool)
    {
        return asked is TrainingCase trained
            ? new LimitScale(0, Stages.Length - 1, stage => trained.With(trained.Run with { Sharding = Stages[(int)stage] })) { IsMonotone = false }
            : throw Unsuited("the training of a known model over several ranks (-Mode Training -DataParallel 8)");
    }
}
