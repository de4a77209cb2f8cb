import { serve } from '../src/rpc/serve.ts';
import { OpfsModelStore } from './model-store/opfs-model-store.ts';

serve(new OpfsModelStore(), self);
