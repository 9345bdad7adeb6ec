using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;

namespace LlmMemory.Planning.Limits;

/// <summary>The devices. Whatever was said about ranks and stages, the case is spread over them anew.</summary>
internal sealed class DeviceCountSetting : LimitSetting
{
    private const int Most = 64;

    public DeviceCountSetting()
        : base("Count", "Count: the devices", "GpuCount", "DeviceCount")
    {
    }

    internal override LimitScale ScaleOf(EstimateCase asked, DevicePool pool)
    {
        return asked is ServingCase { Prepared.Engine.Splitting: DeviceSplitting.None }
            ? throw Unsuited("what uses several devices: vLLM, SGLang, TensorRT-LLM, llama.cpp, the textbook, and training")
            : new LimitScale(1, pool.IsOpen ? Most : pool.Devices.Count, count => DeviceSpread.Exactly(asked, (int)count))
            {
                PoolAt = count => pool.Take((int)count),
                IsMonotone = false,
            };
    }
}
