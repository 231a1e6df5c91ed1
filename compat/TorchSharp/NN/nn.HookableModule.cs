namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with functions that run before and after it.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
#pragma warning disable CA1051, SA1401 // Fields as in the package that this assembly stands in for.
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            protected Dictionary<string, Action<Module>> module_post_hooks = [];
#pragma warning restore CA1051, SA1401
            private long registered;

            protected HookableModule(string name)
                : base(name)
            {
            }

            internal bool HasHooks => registered > 0;

            /// <summary>Registers a function of module, inputs and result that may replace the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(post_hooks, hook);

            /// <summary>Registers a function of module and inputs that may replace the inputs.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(pre_hooks, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(module_post_hooks, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(module_pre_hooks, hook);

            internal void RunBefore()
            {
                foreach (var hook in module_pre_hooks.Values.ToList())
                    hook(this);
            }

            internal void RunAfter()
            {
                foreach (var hook in module_post_hooks.Values.ToList())
                    hook(this);
            }

            private HookRemover Add<T>(Dictionary<string, T> hooks, T hook)
            {
                var key = $"hook {registered++}";
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove()
                {
                    module.pre_hooks.Remove(key);
                    module.post_hooks.Remove(key);
                    module.module_pre_hooks.Remove(key);
                    module.module_post_hooks.Remove(key);
                }
            }
        }
    }
}
