using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;

namespace LlmMemory.Planning.Limits;

/// <summary>The ranks that each layer is split over; what does not divide the heads is refused, and passed over.</summary>
internal sealed class TensorParallelSetting : LimitSetting
{
    private const int Most = 64;

    public TensorParallelSetting()
        : base("TensorParallel", "TensorParallel: the ranks that each layer is split over", "TP")
    {
    }

    internal override LimitScale ScaleOf(EstimateCase asked, DevicePool pool)
    {
        var most = pool.IsOpen ? Most : pool.Devices.Count;
        return asked switch
        {
            ServingCase { Prepared.Engine.Splitting: DeviceSplitting.Ranks } served =>
                new LimitScale(1, most, ranks => served.With(served.Workload with { TensorParallel = (int)ranks })) { IsMonotone = false },
            TrainingCase { Framework.SplitsLayers: true } trained =>
                new LimitScale(1, most, ranks => trained.With(trained.Run with { TensorParallel = (int)ranks })) { IsMonotone = false },
            _ => throw Unsuited("vLLM, SGLang, TensorRT-LLM, the textbook, and Megatron"),
        };
    }
}
