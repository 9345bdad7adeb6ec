using System.Globalization;
using LlmMemory.Launching.Text;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// The resources of a pod's container. Sources: kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus (GPUs are limits,
/// whole, and of one vendor's resource), kubernetes.io/docs/concepts/storage/volumes (emptyDir, medium Memory, which
/// counts against the memory limit), vLLM docs/deployment/k8s.md (2Gi of shared memory for tensor-parallel ranks).
/// </summary>
internal sealed class KubernetesTarget : SchedulerTarget
{
    private const int SharedMiB = 2048;

    /// <summary>Creates the target.</summary>
    public KubernetesTarget()
        : base("Kubernetes", "Kubernetes: GPUs, memory and shared memory of a container, as YAML to merge into a pod", "k8s")
    {
    }

    private protected override LaunchDocument Write(LaunchDraft draft, LaunchLayout layout)
    {
        var limits = new ConfigTree();
        WriteGpus(draft, layout, limits);
        var sharedMiB = layout.GpusPerNode > 1 ? SharedMiB : 0;
        if (HostMiB(draft, layout) is { } host)
        {
            Add(draft, limits, "memory", Mi(checked(host + sharedMiB)), sharedMiB > 0 ? "what the host holds, and the shared memory" : "what the host holds");
        }

        if (layout.Nodes > 1)
        {
            draft.Note($"{layout.Nodes} pods of {layout.GpusPerNode} GPUs, one for each node.");
        }

        var pod = Pod(draft, limits, sharedMiB);
        return draft.ToDocument("YAML", comments => YamlText.Write(comments, pod));
    }

    private static void WriteGpus(LaunchDraft draft, LaunchLayout layout, ConfigTree limits)
    {
        if (layout.GpusPerNode == 0)
        {
            return;
        }

        var vendor = draft.Request.GpuVendor;
        Add(draft, limits, (vendor ?? GpuVendor.Default).Resource, layout.GpusPerNode, "the GPUs of a node");
        if (vendor is null)
        {
            draft.Note($"GPUs of {GpuVendor.Default} are taken for granted: -GpuVendor says whose they are.");
        }
        else if (vendor == GpuVendor.Intel)
        {
            draft.Note("Under the older driver the resource is gpu.intel.com/i915.");
        }
    }

    // Ranks of one node talk through /dev/shm, which is 64 MiB in a container unless a volume is mounted there.
    private static ConfigTree Pod(LaunchDraft draft, ConfigTree limits, int sharedMiB)
    {
        var container = new ConfigTree().Add("name", "llm").Add("resources", new ConfigTree().Add("limits", limits));
        var spec = new ConfigTree().Add("containers", new object[] { container });
        if (sharedMiB > 0)
        {
            var volume = new ConfigTree().Add("medium", "Memory");
            Add(draft, volume, "sizeLimit", Mi(sharedMiB), "shared memory between the ranks of a node");
            container.Add("volumeMounts", new object[] { new ConfigTree().Add("name", "shm").Add("mountPath", "/dev/shm") });
            spec.Add("volumes", new object[] { new ConfigTree().Add("name", "shm").Add("emptyDir", volume) });
        }

        return new ConfigTree().Add("spec", spec);
    }

    private static void Add(LaunchDraft draft, ConfigTree section, string key, object value, string reason)
    {
        section.Add(key, value);
        draft.Add(key, value, reason);
    }

    private static string Mi(long mebibytes)
    {
        return mebibytes.ToString(CultureInfo.InvariantCulture) + "Mi";
    }
}
